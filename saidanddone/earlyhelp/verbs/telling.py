"""What grown-ups of a family say, the numbers that each gives, contacts, and a supervisor's notes."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import (
    Contact,
    ContactWith,
    FamilyMember,
    Oversight,
    ParentsWords,
    Scale,
    Story,
)
from saidanddone.people.models import User


@transaction.atomic
def record_parents_words(
    *, story: Story, member: FamilyMember, words: str, how: str, by: User,
    said_on: date | None = None, once: UUID | None = None,
) -> ParentsWords:  # fmt: skip
    """Write down what a grown-up of the family said, word for word. The team; it is never edited."""
    require("record_parents_words", permissions.story_verbs(by, story))
    if once and (found := ParentsWords.objects.filter(once=once).first()):
        return found
    if member.family_id != story.family_id or member.is_child:
        raise ValueError("These are the words of a grown-up of this family")
    made = ParentsWords.objects.create(
        story=story, member=member, words=words, how=how, once=once,
        said_on=said_on or clock.today(), gathered_by=by.acting_for,
    )  # fmt: skip
    record("record_parents_words", made, by=by, detail=words)
    return made


@transaction.atomic
def note_scale(
    *, story: Story, score: int, by: User, member: FamilyMember | None = None,
    about: FamilyMember | None = None, words: str = "", once: UUID | None = None,
) -> Scale:  # fmt: skip
    """Keep how things are from 0 to 10, as one person sees it: one of the family, or oneself. The team."""
    require("note_scale", permissions.story_verbs(by, story))
    if once and (found := Scale.objects.filter(once=once).first()):
        return found
    if any(one is not None and one.family_id != story.family_id for one in (member, about)):
        raise ValueError("These are people of this family")
    began = Scale.objects.filter(
        story=story, moment=Scale.Moment.BEFORE, member=member, about=about
    )
    began = began.filter(post=None if member else by.acting_for)
    moment = Scale.Moment.DURING if began.exists() else Scale.Moment.BEFORE
    made = Scale.objects.create(
        story=story, member=member, post=None if member else by.acting_for, about=about,
        score=score, words=words, moment=moment, once=once,
    )  # fmt: skip
    record("note_scale", made, by=by, detail=words)
    return made


@transaction.atomic
def keep_contact(
    *, story: Story, who: Collection[FamilyMember], by: User, once: UUID | None = None, **told: Any
) -> Contact:
    """Keep a visit, a call or a message, in under a minute. The team; it is added to, never changed."""
    require("keep_contact", permissions.story_verbs(by, story))
    if once and (found := Contact.objects.filter(once=once).first()):
        return found
    if any(one.family_id != story.family_id for one in who):
        raise ValueError("These are people of this family")
    made = Contact.objects.create(story=story, post=by.acting_for, once=once, **told)
    ContactWith.objects.bulk_create(
        ContactWith(
            story=story, contact=made, member=one, alone=made.seen_alone and one.is_child
        )
        for one in who
    )  # fmt: skip
    record("keep_contact", made, by=by, detail=made.what)
    return made


@transaction.atomic
def note_oversight(
    *, story: Story, words: str, by: User, to_do: str = "", once: UUID | None = None
) -> Oversight:
    """Keep what was talked through in supervision, and what is to be done. The supervisor does."""
    require("note_oversight", permissions.story_verbs(by, story))
    if once and (found := Oversight.objects.filter(once=once).first()):
        return found
    made = Oversight.objects.create(
        story=story, post=by.acting_for, words=words, to_do=to_do, once=once
    )
    record("note_oversight", made, by=by, detail=words)
    emails.needs_you(story, story.lead_id)
    return made
