"""The front page, my day, search, status and the few pages that only explain."""
