"""Who may change this place's settings and lists: administrators, nobody else."""

from typing import Any

from django.db.models import QuerySet

from saidanddone.reference.models import ClosedDay, Dated, Partnership


def settings_verbs(user: Any) -> set[str]:
    """What this person may do to settings and lists; people stand a floor above, so any user."""
    if not user.is_authenticated or not user.has_role("administrator"):
        return set()
    return {
        "change_partnership", "add_entry", "change_entry", "end_entry", "add_closed_day",
        "drop_closed_day",
    }  # fmt: skip


def visible_changes(user: Any) -> QuerySet[Partnership]:
    """Every settings row that ever counted, newest first, for those who may add one."""
    rows = Partnership.objects.order_by("-changed_at", "-pk")
    return rows if settings_verbs(user) else rows.none()


def visible_entries(user: Any, kind: type[Dated]) -> QuerySet:
    """Every entry of a list, ended ones too, for those who keep it."""
    rows = kind._default_manager.all()
    return rows if settings_verbs(user) else rows.none()


def visible_closed_days(user: Any) -> QuerySet[ClosedDay]:
    """Every closed day, for those who keep them."""
    rows = ClosedDay.objects.order_by("on")
    return rows if settings_verbs(user) else rows.none()
