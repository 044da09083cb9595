"""Commands for tests and the demonstration."""
