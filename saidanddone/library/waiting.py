"""What waits for somebody in the library: the deed, the record, and by when. Never its content."""

from datetime import timedelta

from django.db.models import F, QuerySet, Value

from saidanddone.core import clock
from saidanddone.core.waiting import counted, row
from saidanddone.library import permissions, states
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [
        row(_mine_to_check(user), "check_document", F("title"), F("review_on")),
        *_my_practices(user),
    ]
    if permissions.is_clerk(user):
        drafts = permissions.waiting_versions(user)
        siblings = permissions.waiting_siblings(user)
        rows += [
            counted(drafts, "take_versions", "added_at"),
            counted(siblings, "take_siblings", "added_at"),
        ]
    if permissions.reads_practice(user):
        sent = permissions.visible_practices(user).filter(state=states.WAITING)
        rows.append(counted(sent, "read_practices", "submitted_at"))
    return rows


def _mine_to_check(user: User) -> QuerySet:
    """Documents of the post that this person acts for, as soon as owners are reminded of them."""
    soon = clock.today() + timedelta(days=partnership().review_notice_days)
    mine = permissions.visible_documents(user).filter(owner=user.acting_for)
    return mine.due_for_review(soon)


def _my_practices(user: User) -> list[QuerySet]:
    soon = clock.today() + timedelta(days=partnership().review_notice_days)
    mine = permissions.visible_practices(user).filter(contact=user.acting_for)
    due = mine.filter(state=states.PUBLISHED, confirm_by__lte=soon)
    return [
        row(due, "confirm_practice", F("title"), F("confirm_by")),
        row(mine.filter(state=states.ASKED), "mend_practice", F("title"), Value(None)),
    ]
