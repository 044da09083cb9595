"""The letters of this area: they say that something waits, and hold no words and no names."""
