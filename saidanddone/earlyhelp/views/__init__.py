"""Pages of families' stories: every one of them stands behind the guard."""
