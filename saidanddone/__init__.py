"""Said & Done: what children and families say, and what is then done about it, is one thread."""

__version__ = "0.1.0"
