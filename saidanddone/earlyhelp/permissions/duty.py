"""The duty desk: whether somebody already works with a child, and whose relative works here."""

from django.db.models import Q, QuerySet

from saidanddone.earlyhelp.models import Access, Conflict, DutyCheck
from saidanddone.earlyhelp.permissions.rights import Asker, Part
from saidanddone.people.models import User

DESK = "duty_desk"


def duty_verbs(user: Asker) -> set[str]:
    """Whoever sits at the duty desk decides, and declares whose relative works here."""
    if not isinstance(user, User) or not user.has_role(DESK):
        return set()
    return {"see_checks", "decide_check"}


def visible_checks(user: Asker) -> QuerySet[DutyCheck]:
    """Children put before the desk, for whoever sits there, save of their own and their relatives."""
    if not duty_verbs(user):
        return DutyCheck.objects.none()
    related = Conflict.objects.filter(person=user.pk, ended_at__isnull=True).values("family")
    own = Access.objects.filter(person=user.pk, part=Part.FAMILY).values("family")
    found = DutyCheck.objects.exclude(Q(family__in=related) | Q(family__in=own))
    return found.exclude(match_family__in=related).exclude(match_family__in=own).select_related(
        "lead__user", "lead__organisation", "match_lead__user", "match_lead__organisation",
        "decided_by__user",
    )  # fmt: skip
