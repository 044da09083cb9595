"""What is typed into the pages of families' stories, by theme."""
