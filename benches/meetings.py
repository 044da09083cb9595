"""A long meeting, 10,000 decisions and 50,000 documents against their limits: ./bench meetings.

A meeting with 15 items and 30 papers more than it had; the register of decisions, whole and by its
words; the library, and a word that stands in nearly every text of it, and one that stands in few.
Floors as in ./bench pages.
"""

from benches.against import hold_against_limit


def main() -> int:
    """Print each page's figures beside its limit's; 1 if a floor is missed, 2 if wrk is not here."""
    return hold_against_limit("boards")
