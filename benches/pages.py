"""How near each page comes to its limit: ./bench pages.

Each page and its limit (benches/limit.py) are asked in turn, over 1 and 8 connections, by wrk.
Floors, from the design: signed in 0.2 of the limit; public pages, kept for a minute, 0.6.
"""

from benches.against import hold_against_limit


def main() -> int:
    """Print each page's figures beside its limit's; 1 if a floor is missed, 2 if wrk is not here."""
    return hold_against_limit("thread")
