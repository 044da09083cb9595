"""What waits for somebody in the bulletin: items to read, an edition to finish or to let go."""

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Concat

from saidanddone.bulletin import permissions, states
from saidanddone.core.waiting import counted, row
from saidanddone.people.models import User


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    if not permissions.is_editor(user):
        return []
    editions = permissions.visible_editions(user)
    called = Concat(Value("bulletin "), F("number"))
    day = ExpressionWrapper(F("week"), DateField())
    ready = editions.filter(state=states.READY).exclude(handed_on_by=user)
    return [
        counted(
            permissions.visible_items(user).filter(state=states.SUBMITTED),
            "read_items", "submitted_at",
        ),
        row(editions.filter(state=states.DRAFT), "finish_edition", called, day),
        row(ready, "approve_edition", called, day),
    ]  # fmt: skip
