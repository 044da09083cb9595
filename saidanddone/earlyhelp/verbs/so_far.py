"""What is typed into a form is kept for its author until it is sent, and given back to them."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from saidanddone.core import clock, identity, lockbox
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Story, TypedSoFar
from saidanddone.people.models import User

Fields = list[tuple[str, str]]  # what stood in each field, in the order of the form
LASTS = timedelta(days=7)


class SoFar(NamedTuple):
    """What was typed, and when it was kept."""

    at: datetime
    fields: Fields


@transaction.atomic
def keep_typing(*, place: str, story: Story | None, fields: Fields, by: User) -> datetime:
    """Keep what stands in an unsent form. Its author, while the form is open to them; says when.

    What was kept there before makes way. Nobody else ever reads it, and nothing of it is in the
    audit or in the list of who has looked.
    """
    require("keep_typing", permissions.typing_verbs(by, story))
    now, whose = clock.now(), _whose(place, by)
    closed = lockbox.close(json.dumps(fields), place=_lock(place, by))
    told = {"story": story, "closed": closed, "kept_at": now}
    TypedSoFar.objects.update_or_create(**whose, defaults=told)
    return now


@transaction.atomic
def find_typing(*, place: str, story: Story | None, by: User) -> SoFar | None:
    """What they typed there and did not send, of the last week. Its author, while it is open to them."""
    require("keep_typing", permissions.typing_verbs(by, story))
    found = TypedSoFar.objects.filter(**_whose(place, by), kept_at__gt=clock.now() - LASTS).first()
    if found is None:
        return None
    try:
        said = json.loads(lockbox.unlock(found.closed, place=_lock(place, by)))
    except lockbox.Shut:
        return None  # another key: nobody reads it any more
    return SoFar(found.kept_at, [(name, value) for name, value in said])


@transaction.atomic
def drop_typing(*, place: str, by: User) -> None:
    """Take it away: the form was sent, or its author begins anew. Its author."""
    require("drop_typing", permissions.typing_verbs(by))
    TypedSoFar.objects.filter(**_whose(place, by)).delete()


@transaction.atomic
def forget_typing(*, by: str) -> int:
    """Take away what is a week old, or in a form that is open to its author no more. The clock."""
    require("forget_typing", permissions.typing_verbs(by))
    with identity.as_system("forget-typing"):
        old = TypedSoFar.objects.filter(kept_at__lte=clock.now() - LASTS).delete()[0]
        shut = [one.pk for one in TypedSoFar.objects.filter(story__isnull=False) if _is_shut(one)]
        return old + TypedSoFar.objects.filter(pk__in=shut).delete()[0]


def _is_shut(one: TypedSoFar) -> bool:
    author = one.person
    author.acting_for, author.strong = one.post, True
    return "keep_typing" not in permissions.typing_verbs(author, one.story)


def _whose(place: str, by: User) -> dict[str, object]:
    return {"person": by, "post": by.acting_for, "place": place}


def _lock(place: str, by: User) -> str:
    return f"typed {by.pk} {getattr(by.acting_for, 'pk', '')} {place}"
