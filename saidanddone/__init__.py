"""Said & Done: what children and families say, and what is then done about it, is one thread."""
