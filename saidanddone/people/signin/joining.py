"""Codes for those who join by themselves: nothing is stored until the address has answered."""

from datetime import date, timedelta

from allauth.core.internal.cryptokit import compare_user_code
from django.utils.crypto import salted_hmac

from saidanddone.core import clock

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so that no code is a word; none that look alike
LENGTH = 8


def code_for(email: str, day: date | None = None) -> str:
    """The code of this address on this day: one letter is enough, whatever browser is used."""
    told = f"{email.strip().lower()} {day or clock.today()}"
    number = int(salted_hmac("people.joining", told, algorithm="sha256").hexdigest(), 16)
    places = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        places.append(LETTERS[place])
    return f"{''.join(places[:4])}-{''.join(places[4:])}"


def code_fits(email: str, typed: str) -> bool:
    """Whether this is today's code of this address, or yesterday's."""
    today = clock.today()
    days = (today, today - timedelta(days=1))
    return any(compare_user_code(actual=typed, expected=code_for(email, day)) for day in days)
