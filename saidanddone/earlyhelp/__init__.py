"""The Story So Far: a family's early help, told once, owned by the family, sealed from all others."""
