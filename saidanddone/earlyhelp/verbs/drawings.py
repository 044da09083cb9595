"""A child's drawing, or a photo of one: kept by a worker who was shown it, or by the child."""

from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import ChildsWords, Drawing, FamilyMember, Story
from saidanddone.people.models import Post, User


@transaction.atomic
def keep_drawing(
    *, story: Story, child: FamilyMember, picture: File, described: str, audience: str, by: User,
    drawn_on: date | None = None, once: UUID | None = None,
) -> Drawing:  # fmt: skip
    """Keep what a child drew, for those whom the child chose. The team; nobody changes it.

    The picture was written anew before it came here: nothing of the camera is left in it.
    """
    require("keep_drawing", permissions.story_verbs(by, story))
    if made := earlier(Drawing, once):
        return made
    if child.family_id != story.family_id or not child.is_child:
        raise ValueError("This is the drawing of a child of this family")
    made = Drawing.objects.create(
        story=story, child=child, picture=picture, described=described, audience=audience,
        drawn_on=drawn_on or clock.today(), gathered_by=by.acting_for, once=once,
    )  # fmt: skip
    record("keep_drawing", made, by=by, detail=described)
    return made


@transaction.atomic
def send_drawing(
    *, story: Story, picture: File, described: str, audience: str, by: User,
    worker: Post | None = None, once: UUID | None = None,
) -> Drawing:  # fmt: skip
    """Send what one drew. A child of the family, who chooses who sees it; it stays as it is.

    "Just my worker" names the worker: nobody else sees it, and no grown-up of the family ever does.
    """
    require("send_drawing", permissions.story_verbs(by, story))
    if made := earlier(Drawing, once):
        return made
    child = permissions.own_member(by, story)
    if child is None or not child.is_child:
        raise Refused("send_drawing")
    alone = audience == ChildsWords.Audience.WORKER
    team = permissions.visible_team(by, story).filter(story=story.pk, ended_at__isnull=True)
    if alone and (worker is None or not team.filter(post=worker.pk).exists()):
        raise ValueError("Just my worker is a worker of this team")
    made = Drawing.objects.create(
        story=story, child=child, picture=picture, described=described, audience=audience,
        gathered_by=worker if alone else None, once=once,
    )  # fmt: skip
    record("send_drawing", made, by=by, detail=described)
    emails.needs_you(story, worker.pk if worker and alone else story.lead_id)
    return made
