"""The window as a person uses it: fields found by name, keys and mouse, never a call past them."""
