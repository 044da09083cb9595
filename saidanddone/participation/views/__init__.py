"""Pages of this area, as functions."""
