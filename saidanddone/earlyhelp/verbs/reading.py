"""Reading is a verb: it is written down before anything is shown, and so is a try that was refused."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Family, Look, Story
from saidanddone.people.models import User


@transaction.atomic
def read_story(*, story: Story, part: str, purpose: str, by: User) -> Look:
    """Look at a part of a story. Whoever has a right to it now; the family sees that they did.

    The line stands before the page is made: if it cannot be written, nothing is shown.
    """
    require("read_story", permissions.story_verbs(by, story))
    look = Look.objects.create(
        story=story, person=by, post=by.acting_for, part=part, purpose=purpose
    )
    record("read_story", story, by=by, detail=f"{part} {purpose}")
    return look


@transaction.atomic
def show_names(*, by: User) -> dict[UUID, str]:
    """Show the names of the families on one's list. Whoever reads them; a look for each is kept.

    The name that each family calls itself, by family, is answered.
    """
    found = list(permissions.readable_stories(by))
    looks = [
        Look(story=one, person=by, post=by.acting_for, part="name", purpose="list") for one in found
    ]
    Look.objects.bulk_create(looks)
    record("show_names", "earlyhelp.story:list", by=by, detail=f"{len(found)}")
    return dict(Family.objects.filter(stories__in=found).values_list("pk", "called"))


@transaction.atomic
def note_refused(*, story: UUID, part: str, by: User) -> None:
    """Keep that somebody tried to look and was refused. The product does; lead and privacy officer see it.

    The same is written whether the story exists or not, so that no answer takes longer than another.
    """
    with identity.as_system("look"):
        there = Story.objects.filter(pk=story).values_list("pk", flat=True).first()
        Look.objects.create(
            story_id=there, person=by, post=by.acting_for, part=part, purpose="none", refused=True
        )
    record("refused_story", f"earlyhelp.story:{story}", by=by, detail=part)
