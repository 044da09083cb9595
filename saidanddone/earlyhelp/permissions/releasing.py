"""Who asks for an export with birth dates in it, lets it go and fetches it; who declares relatives."""

from django.db.models import QuerySet

from saidanddone.earlyhelp.models import Release
from saidanddone.earlyhelp.permissions.rights import Asker
from saidanddone.people.models import User

ROLES = ("coordinator", "privacy_officer")
MAY_MEET = (
    "practitioner", "supervisor", "coordinator", "safeguarding_lead", "duty_desk",
    "privacy_officer",
)  # fmt: skip


def visible_releases(user: Asker) -> QuerySet[Release]:
    """Exports asked for, for coordinators and privacy officers."""
    found = Release.objects.select_related("asked_by", "released_by")
    return found if release_verbs(user) else found.none()


def release_verbs(user: Asker, release: Release | None = None) -> set[str]:
    """One asks, another lets go or refuses, and whoever asked fetches."""
    if not isinstance(user, User) or not any(user.has_role(role) for role in ROLES):
        return set()
    if release is None:
        return {"ask_release"}
    open_still = release.released_at is None and not release.refused_why
    if release.asked_by_id != user.pk:
        return {"let_go", "refuse_release"} if open_still else set()
    return {"fetch_release"} if release.released_at and not release.refused_why else set()


def kinship_verbs(user: Asker) -> set[str]:
    """Whoever works with families, or decides about them, declares their own relatives."""
    held = isinstance(user, User) and any(user.has_role(role) for role in MAY_MEET)
    return {"declare_relative"} if held else set()
