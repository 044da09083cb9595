"""Pages of people: signing in, one's own account, joining, colleagues, organisations."""
