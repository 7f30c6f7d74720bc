"""Her things and money that the house keeps: given and taken before two, on a receipt."""
