"""Terms of reference, forward plans, escalations and risks: who sees them, and who keeps them."""

from django.db.models import Q, QuerySet

from saidanddone.governance.models import (
    AgendaItem,
    Appointment,
    Body,
    Escalation,
    ForwardItem,
    Risk,
    Terms,
)
from saidanddone.governance.permissions.people import (
    CHAIRS,
    INVITED,
    SEATED,
    Asker,
    bodies_of,
    holds,
    is_clerk,
    parts_on,
    strong,
    works_here,
)
from saidanddone.governance.permissions.reading import IN_PUBLIC, OPEN, SHOWN, STANDING

LEADS = CHAIRS | {Appointment.Part.VICE_CHAIR}


# ------------------------------------------------------------------ terms of reference


def visible_terms(user: Asker) -> QuerySet[Terms]:
    """Every version, for everybody; of a body that meets in private, for those it invites."""
    if is_clerk(user) or holds(user, "participation_worker"):
        return Terms.objects.all()
    return Terms.objects.filter(IN_PUBLIC | Q(body__in=bodies_of(user, INVITED)))


def terms_verbs(user: Asker, body: Body) -> set[str]:
    """The clerk adds a version; the clock says when it is time to look at it again."""
    if isinstance(user, str):
        return {"warn_of_terms", "warn_of_seats"}
    return {"add_terms"} if is_clerk(user) else set()


# ------------------------------------------------------------------ the forward plan


def visible_forward(user: Asker) -> QuerySet[ForwardItem]:
    """What is foretold in the open, for everybody; what will be private, for those who sit there.

    The clerk also sees what was taken off.
    """
    if is_clerk(user):
        return ForwardItem.objects.all()
    found = OPEN & IN_PUBLIC | Q(body__in=bodies_of(user, SEATED))
    found |= OPEN & Q(body__in=bodies_of(user, INVITED))
    return ForwardItem.objects.in_plan().filter(found)


def forward_verbs(user: Asker, item: ForwardItem | None) -> set[str]:
    """The clerk keeps the plan; with None, whether they may add to it. The clock takes what is due."""
    if item is None:
        return {"add_forward_item"} if is_clerk(user) else set()
    if isinstance(user, str):
        return {"take_forward_item"} & item.open_verbs()
    return item.open_verbs() if is_clerk(user) else set()


# ------------------------------------------------------------------ sent up and answered


def visible_escalations(user: Asker) -> QuerySet[Escalation]:
    """For both bodies' members; for all who work here once the item is out, while it is open."""
    if is_clerk(user):
        return Escalation.objects.all()
    mine = bodies_of(user, SEATED)
    found = Q(source_item__body__in=mine) | Q(to_body__in=mine)
    if works_here(user):
        found |= Q(
            source_item__restricted=False, source_item__body__meets_in_private=False,
            source_item__meeting__state__in=SHOWN, to_body__meets_in_private=False,
        )  # fmt: skip
    return Escalation.objects.filter(found)


def may_escalate(user: Asker, item: AgendaItem) -> bool:
    """The clerk, or who chairs the group, once the item stands on an agenda and somebody is above."""
    if item.state not in STANDING or item.body.parent_id is None or item.body.has_ended:
        return False
    return is_clerk(user) or bool(parts_on(user, item.body_id) & LEADS)


def escalation_verbs(user: Asker, escalation: Escalation) -> set[str]:
    """The clerk; the chair above answers, the chair of the group may take it back."""
    if is_clerk(user):
        return escalation.open_verbs()
    allowed = {"return_answer"} if isinstance(user, str) else set()
    if parts_on(user, escalation.to_body_id) & LEADS:
        allowed.add("answer_escalation")
    if parts_on(user, escalation.source_item.body_id) & LEADS:
        allowed.add("withdraw_escalation")
    return allowed & escalation.open_verbs()


# ------------------------------------------------------------------ risks


def visible_risks(user: Asker) -> QuerySet[Risk]:
    """A body's own, those told to it, one's own; open ones for everybody who works here."""
    if is_clerk(user):
        return Risk.objects.all()
    mine = bodies_of(user, SEATED)
    found = Q(body__in=mine) | Q(told_to__in=mine)
    if strong(user):
        found |= Q(owner=user.acting_for.pk)
    if works_here(user):
        found |= OPEN & IN_PUBLIC
    return Risk.objects.filter(found)


def risk_verbs(user: Asker, body: Body, risk: Risk | None = None) -> set[str]:
    """The clerk and whoever chairs keep the register; a risk's owner scores it and says what is done."""
    keeps = is_clerk(user) or bool(parts_on(user, body.pk) & LEADS)
    if risk is None:
        return {"add_risk"} if keeps and not body.has_ended else set()
    allowed = {"change_risk", "score_risk", "close_risk"} if keeps else set()
    if keeps and body.parent_id and risk.told_to_id is None:
        allowed.add("tell_risk")
    if strong(user) and user.acting_for.pk == risk.owner_id:
        allowed.add("score_risk")
    if isinstance(user, str):
        allowed.add("remind_of_risk")
    return allowed & risk.open_verbs()
