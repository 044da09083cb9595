"""What waits for somebody in participation: the deed, the record, and by when. Never the words."""

from django.db.models import Exists, F, OuterRef, QuerySet, Value

from saidanddone.core.waiting import counted, row
from saidanddone.governance import states as governance
from saidanddone.governance.models import Action
from saidanddone.participation import permissions, states
from saidanddone.participation.models import Reply
from saidanddone.people.models import User


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [row(_mine(user), "answer_issue", F("title"), F("answer_due"))]
    if user.has_role("safeguarding_lead"):
        holds = permissions.visible_holds(user).filter(ended_at__isnull=True)
        rows.append(row(holds, "open_held", Value("Words that are held"), F("held_at__date")))
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
        counted(unread, "read_voices", "recorded_at"),
        row(loose, "route_issue", F("title"), F("answer_due")),
        row(drafts, "send_reply", F("issue__title"), F("issue__answer_due")),
        row(done, "finish_issue", F("title"), F("reply__by_when")),
    ]  # fmt: skip
