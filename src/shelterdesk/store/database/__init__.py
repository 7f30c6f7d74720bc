"""The encrypted database: its schema, how rows are saved and sealed, what is found in them."""
