"""A second pair of eyes on the assessment: sent by the lead, authorised or given back."""

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions, states
from saidanddone.earlyhelp.models import OVERSEERS, Contribution, Cover, Story, counting
from saidanddone.earlyhelp.verbs.rights import Kind, Part, end_rights, give_area
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership


class NotReady(Exception):  # noqa: N818 -- it tells what is missing, in a sentence for the page
    """Something has to be there first; says what."""


@transaction.atomic
def send_for_authorising(*, story: Story, by: User) -> None:
    """Ask the supervisor to read the assessment. The lead, once something is signed.

    Coordinators read it too while it waits, where the settings say so or the lead has no supervisor.
    """
    require("send_for_authorising", permissions.story_verbs(by, story))
    if story.authorise_asked_at:
        return
    if not Contribution.objects.filter(story=story, state=states.SIGNED).exists():
        raise NotReady("Sign at least one part of the story before you send it.")
    story.move("send_for_authorising", authorise_asked_at=clock.now())
    record("send_for_authorising", story, by=by)
    ask_second(story, by)


@transaction.atomic
def authorise_story(*, story: Story, by: User) -> None:
    """Stand by the assessment: the plan can be agreed. The supervisor or a coordinator asked to."""
    require("authorise_story", permissions.story_verbs(by, story))
    story.move(
        "authorise_story", authorised_at=clock.now(), authorised_by=by.acting_for,
        authorise_asked_at=None,
    )  # fmt: skip
    record("authorise_story", story, by=by)
    second_answered(story)


@transaction.atomic
def return_story(*, story: Story, why: str, by: User) -> None:
    """Give the assessment back to the lead, saying what is missing. Whoever may authorise it."""
    require("return_story", permissions.story_verbs(by, story))
    story.move("return_story", authorise_asked_at=None)
    Cover.objects.filter(story=story.pk).update(returned_why=why)
    record("return_story", story, by=by, detail=why)
    second_answered(story)


def ask_second(story: Story, by: User) -> None:
    """Let those read who are to answer, and tell the supervisor that something waits."""
    supervisor = _supervisor(story, by)
    if partnership().story_coordinators_authorise or supervisor is None:
        give_area(story, Part.READ, Kind.AUTHORISATION)
    emails.needs_you(story, supervisor)


def second_answered(story: Story) -> None:
    """Whoever read only to answer reads no more; the lead is told that something waits."""
    # They may end no right of another: the deed is theirs, the writing the product's.
    with identity.as_system("authorised"):
        end_rights(story, kind=Kind.AUTHORISATION)
    emails.needs_you(story, story.lead_id)


def _supervisor(story: Story, by: User) -> int | None:
    """Whoever supervises the lead now, unless they lead for them and so ask for it themselves."""
    lead = Post.objects.get(pk=story.lead_id)
    above = counting().filter(pk=lead.lead_id, roles__overlap=sorted(OVERSEERS))
    above = above.exclude(pk=by.acting_for.pk)
    return above.values_list("pk", flat=True).first()
