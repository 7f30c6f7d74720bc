"""Where the records are kept: the encrypted file, its keys, and the backups of it."""
