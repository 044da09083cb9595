"""The weekly bulletin: what people suggest, what the floors below have new, and who gets it."""
