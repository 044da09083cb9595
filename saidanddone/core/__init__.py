"""The only shared machinery: life cycles, access, the clock, files, and what every request passes."""
