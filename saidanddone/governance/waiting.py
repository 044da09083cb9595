"""What waits for somebody in governance: the deed, the record, and by when. Never its content."""

from datetime import timedelta

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Value,
)

from saidanddone.core import clock
from saidanddone.core.waiting import counted, row
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Appointment, Correction, Terms
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

SOON_DAYS = 14  # before a risk is due for another look
PAPERS_DAYS = 7  # days before a meeting by which its agenda should be out


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [row(_my_actions(user), "do_action", F("what"), F("due_on"))]
    rows.append(row(_meetings_to_come(user), "read_papers", F("body__name"), F("on")))
    rows.append(row(_papers_to_hand_in(user), "hand_in_paper", F("title"), F("cover__due_on")))
    rows += _members(user) + _minutes(user)
    if user.has_role("clerk"):
        rows += _clerks(user)
    return rows


def _members(user: User) -> list[QuerySet]:
    """What a seat brings with it: one's page of interests, risks to look at, questions to settle."""
    own = user.acting_for.pk if user.acting_for and user.strong else None
    soon = clock.today() + timedelta(days=SOON_DAYS)
    risks = permissions.visible_risks(user).filter(state=states.WATCHED, review_on__lte=soon)
    leads = permissions.bodies_of(user, permissions.LEADS)
    asked = permissions.visible_actions(user).under_way().filter(drop_asked_at__isnull=False)
    up = permissions.visible_escalations(user).filter(
        state=states.SENT_UP, board_item__state=states.ENDED
    )
    up = up if permissions.is_clerk(user) else up.filter(to_body__in=leads)
    page = permissions.posts_to_confirm().filter(pk=own)
    return [
        row(page, "confirm_interests", F("title"), Value(None, DateField())),
        row(risks.filter(owner=own), "review_risk", F("title"), F("review_on")),
        row(asked.filter(item__body__in=leads), "agree_to_drop", F("what"), F("drop_asked_at")),
        row(up, "answer_escalation", F("to_body__name"), F("raised_at")),
    ]


def _minutes(user: User) -> list[QuerySet]:
    """Drafts for whoever presides, circulated ones for members, and the clerk's part of the way."""
    meetings = permissions.visible_meetings(user).filter(source="", minutes__isnull=False)
    presides = permissions.bodies_of(user, permissions.CHAIRS)
    drafts = meetings.filter(body__in=presides, minutes__state=states.DRAFT)
    reads = meetings.filter(
        body__in=permissions.bodies_of(user, permissions.SEATED),
        minutes__state=states.CIRCULATED, minutes__corrections_until__gte=clock.today(),
    )  # fmt: skip
    name, until = F("body__name"), F("minutes__corrections_until")
    rows = [
        row(drafts, "check_minutes", name, F("minutes__circulate_by")),
        row(reads, "read_minutes", name, until),
    ]
    if not permissions.is_clerk(user):
        return rows
    checked = meetings.filter(minutes__state=states.CHECKED)
    asked = meetings.filter(
        Exists(Correction.objects.filter(minutes__meeting=OuterRef("pk"), state=states.ASKED))
    )
    return [
        *rows,
        row(checked, "circulate_minutes", name, F("minutes__circulate_by")),
        row(asked, "settle_corrections", name, until),
    ]


def _papers_to_hand_in(user: User) -> QuerySet:
    """Items that they lead and for which nothing has come yet."""
    return permissions.led_items(user).filter(
        cover__asked_at__isnull=False, cover__handed_in_at__isnull=True,
        meeting__on__gte=clock.today(),
    )  # fmt: skip


def _my_actions(user: User) -> QuerySet:
    return permissions.visible_actions(user).under_way().filter(owner=user.acting_for)


def my_bodies(user: User) -> QuerySet:
    """The bodies on which the post that this person acts for sits today."""
    post = user.acting_for.pk if user.acting_for else 0  # None would find the seats of nobody
    mine = Appointment.objects.live().filter(post=post)
    return mine.order_by().values("seat__body")


def _meetings_to_come(user: User) -> QuerySet:
    return permissions.visible_meetings(user).filter(
        body__in=my_bodies(user), state=states.PUBLISHED, on__gte=clock.today()
    )


def _clerks(user: User) -> list[QuerySet]:
    """The clerk's own: terms and seats to see to, agendas to publish, proposals, minutes."""
    meetings = permissions.visible_meetings(user)
    soon = meetings.filter(
        state=states.PLANNED, on__range=(clock.today(), clock.today() + timedelta(days=21))
    )
    held = meetings.filter(state=states.PUBLISHED, on__lt=clock.today())
    proposed = permissions.visible_items(user).filter(state=states.PROPOSED)
    near = clock.today() + timedelta(days=partnership().terms_warning_days)
    later = Terms.objects.filter(body=OuterRef("body"), number__gt=OuterRef("number"))
    terms = permissions.visible_terms(user).filter(~Exists(later), review_on__lte=near)
    bodies = permissions.visible_bodies(user).current()
    return [
        row(terms.filter(body__in=bodies), "review_terms", F("body__name"), F("review_on")),
        row(bodies.exclude(lacks_told=[]), "fill_seats", F("name"), Value(None, DateField())),
        row(soon, "publish_agenda", F("body__name"),
             ExpressionWrapper(F("on") - timedelta(days=PAPERS_DAYS), DateField())),
        row(held, "close_meeting", F("body__name"), F("on")),
        row(meetings.filter(packs__state=states.FAILED), "mend_pack", F("body__name"), F("on")),
        counted(proposed, "take_proposals", "proposed_at"),
    ]  # fmt: skip
