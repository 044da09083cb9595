"""Who did or saw what: append-only, chained, and without a word of what was said."""
