"""Saying no: what a verb raises when this person may not do it to this record now."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """This person may see the record and may not do this to it."""


def require(verb: str, verbs: Collection[str]) -> None:
    """Go on only if the verb is among those open to this person; raises Refused otherwise."""
    if verb not in verbs:
        raise Refused(verb)
