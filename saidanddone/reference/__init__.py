"""Every list and setting that a place may change, with the day from which it counts."""
