"""The history of the tables here."""
