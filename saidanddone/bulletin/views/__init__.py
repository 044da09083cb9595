"""Pages of the bulletin: its archive, suggesting, asking for it and leaving, and its editor's desk."""
