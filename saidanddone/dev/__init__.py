"""What serves developers: the embedded database, the demonstration, diagrams. Never imported by the rest."""
