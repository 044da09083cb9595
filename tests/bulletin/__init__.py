"""The bulletin: what comes in, how it is put together, who gets it."""
