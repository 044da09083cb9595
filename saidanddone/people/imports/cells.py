"""Single values as registers write them, and as we keep them."""

import re
from datetime import datetime
from urllib.parse import urlsplit

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
DAYS = ("%d-%m-%Y", "%Y%m%d", "%Y-%m-%d", "%d/%m/%Y")
SMALL = {"and", "of", "the", "for", "in", "at", "on", "with", "upon", "by"}
LETTERS = {"NHS", "GP", "CE", "RC", "CIC", "CIO", "UK", "YMCA", "YWCA", "PCN", "II", "III", "BMX",
           "CAMHS", "PTA", "FC"}  # fmt: skip
# Bytes of Windows that somebody took for Latin-1: an apostrophe arrives as U+0092.
MISREAD = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)} | {
    0: None
}


def clean(told: object, most: int = 200) -> str:
    """One line of words, without what was never meant to be read."""
    words = "" if told is None else str(told)
    words = " ".join(words.translate(MISREAD).split())
    return "" if words.upper() == "NULL" else words[:most]


def name(told: object) -> str:
    """A name; one that is written in capitals throughout is written as people write."""
    words = clean(told)
    if not words.isupper() or len(words) < 6:
        return words
    return " ".join(_written(word, first=not n) for n, word in enumerate(words.split(" ")))


def _written(word: str, *, first: bool) -> str:
    bare = word.strip("().,&-")
    if bare in LETTERS or any(sign.isdigit() for sign in bare):
        return word
    if bare.lower() in SMALL and not first:
        return word.lower()
    # After a hyphen or a bracket a name begins again; after an apostrophe it goes on.
    return re.sub(r"(^|[-(/.])([a-z])", lambda m: m[1] + m[2].upper(), word.lower())


def postcode(told: object) -> str:
    """The way the post writes it; empty when it is none."""
    found = POSTCODE.fullmatch(clean(told).upper().replace(" ", ""))
    return f"{found[1]} {found[2]}" if found else ""


def phone(told: object) -> str:
    """A number with the 0 that spreadsheets take away."""
    words = clean(told, 40)
    digits = re.sub(r"\D", "", words)
    if not 7 <= len(digits) <= 15:
        return ""
    return "0" + words if len(digits) == 10 and not digits.startswith("0") else words


def website(told: object) -> str:
    """An address that can be followed; empty when it is anything else."""
    words = clean(told, 300)
    if not words or " " in words:
        return ""
    address = words if re.match(r"https?://", words, re.IGNORECASE) else f"https://{words}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return address if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) and len(address) <= 300 else ""


def email(told: object) -> str:
    """An e-mail address; empty when it is none."""
    words = clean(told, 254)
    return words if EMAIL.fullmatch(words) else ""


def day(told: object) -> str | None:
    """The day as ISO writes it, empty when there is none, None when there is no such day."""
    words = clean(told, 40).partition("T")[0].partition(" ")[0]
    if not words:
        return ""
    for form in DAYS:
        try:
            found = datetime.strptime(words, form).date()  # noqa: DTZ007 -- a day, no moment
        except ValueError:
            continue
        return found.isoformat() if 1000 <= found.year <= 2200 else None
    return None
