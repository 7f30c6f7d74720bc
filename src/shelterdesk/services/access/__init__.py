"""Who may do what: the guard, rights, second signatures, what lasts."""
