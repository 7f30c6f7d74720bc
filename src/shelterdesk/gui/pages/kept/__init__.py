"""Her things and money that the house keeps, and the acts that carry a second name."""
