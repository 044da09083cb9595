"""Letters: written once, filled for each person, handed over by workers, and honest about a crash."""
