"""A box for words that the database must never be able to read: locked with a key from outside."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes, by chance, before each ciphertext


class Shut(Exception):  # noqa: N818 -- it tells what the box is
    """The box does not open: another key, another place, or bytes that somebody changed."""


def close(words: str, *, place: str) -> bytes:
    """Lock words up for one place; elsewhere the same bytes do not open."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, words.encode(), place.encode())


def unlock(closed: bytes, *, place: str) -> str:
    """The words in a box, for whoever was already found to be named for it; raises Shut."""
    nonce, words = bytes(closed[:NONCE]), bytes(closed[NONCE:])
    try:
        return _cipher().decrypt(nonce, words, place.encode()).decode()
    except InvalidTag as wrong:
        raise Shut from wrong


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.ADDRESS_KEY.encode()).digest())
