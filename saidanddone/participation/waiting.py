"""What waits for somebody in participation: the deed, the record, and by when. Never the words."""

from django.db.models import CharField, Count, DateField, Exists, F, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from saidanddone.governance import states as governance
from saidanddone.governance.models import Action
from saidanddone.participation import permissions, states
from saidanddone.participation.models import Reply
from saidanddone.people.models import User


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [_row(_mine(user), "answer_issue", F("title"), F("answer_due"))]
    if user.has_role("safeguarding_lead"):
        holds = permissions.visible_holds(user).filter(ended_at__isnull=True)
        rows.append(_row(holds, "open_held", Value("Words that are held"), F("held_at__date")))
    if user.has_role("participation_worker"):
        rows += _workers(user)
    return rows


def _mine(user: User) -> QuerySet:
    """Issues that are with the post they act for now: another post's day is another day."""
    mine = permissions.visible_issues(user).filter(state__in=states.WITH_US)
    return mine.filter(owner=user.acting_for.pk) if user.acting_for else mine.none()


def _workers(user: User) -> list[QuerySet]:
    """The participation worker's own: words to read, issues to route, replies to check, finish."""
    issues = permissions.visible_issues(user)
    unread = permissions.visible_voices(user).filter(state=states.WAITING)
    loose = issues.filter(state__in=[states.RAISED, states.REOPENED], owner__isnull=True)
    drafts = Reply.objects.filter(state=states.DRAFT, issue__in=issues).exclude(by=user)
    kept = Action.objects.filter(pk=OuterRef("reply__promise"), state=governance.DONE)
    done = issues.filter(Exists(kept), state=states.PROMISED)
    return [
        _counted(unread, "read_voices"),
        _row(loose, "route_issue", F("title"), F("answer_due")),
        _row(drafts, "send_reply", F("issue__title"), F("issue__answer_due")),
        _row(done, "finish_issue", F("title"), F("reply__by_when")),
    ]  # fmt: skip


def _counted(found: QuerySet, deed: str) -> QuerySet:
    """One row for all of them: how many, and since when the oldest waits."""
    return (
        found.order_by()
        .annotate(deed=Value(deed, CharField()))
        .values("deed")
        .annotate(
            ref=Count("pk"), called=Value("", CharField()),
            due=Cast(Min("recorded_at"), DateField()),
        )
        .values_list("deed", "ref", "called", "due")
    )  # fmt: skip


def _row(found: QuerySet, deed: str, title: F | Value, due: F) -> QuerySet:
    return (
        found.order_by()
        .annotate(
            deed=Value(deed, CharField()),
            ref=F("pk"),
            called=Cast(title, CharField()),
            due=Cast(due, DateField()),
        )
        .values_list("deed", "ref", "called", "due")
    )
