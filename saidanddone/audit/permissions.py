"""Who may look at the audit: privacy officers, who see who did what and to which record."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from saidanddone.audit.models import Line, LineQuerySet


def visible_lines(user: Any) -> LineQuerySet:
    """Every line, for privacy officers; it holds references and no words."""
    return Line.objects.order_by("-pk") if user.has_role("privacy_officer") else Line.objects.none()


def audit_verbs(user: Any) -> set[str]:
    """What this person may do with the audit."""
    return {"look_at_audit"} if user.has_role("privacy_officer") else set()


def names_of(lines: Iterable[Line]) -> dict[str, str]:
    """The names that go with the lines' people, by reference; young people keep their number."""
    numbers = {int(line.actor[7:]) for line in lines if line.actor[7:].isdecimal()}
    found = get_user_model()._default_manager.in_bulk(numbers)
    return {f"person:{pk}": str(user) for pk, user in found.items() if not user.is_young}
