"""What happened when, put together from what is there; and an agency's own part for its own file."""

from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Contact, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, draw
from saidanddone.people.models import User
from saidanddone.ui.filters import day

WORDS = {
    "words": ("said", "A child said"), "drawn": ("said", "A child drew"),
    "parents": ("said", "A grown-up said"),
    "signed": ("edit", "Written and signed"), "level": ("flag", "How much help a child needs"),
    "agreed": ("tick", "Agreed to"), "shared": ("link", "Shared outside the agreement, or not"),
    "joined": ("people", "Joined the team"), "stays": ("people", "Stays in the team"),
    "oversight": ("eye", "Supervision"),
    "visit": ("home", "Visit"), "call": ("phone", "Call"), "message": ("mail", "Message"),
    "meeting": ("people", "Meeting"), "tried": ("wait", "Tried, and nobody was there"),
}  # fmt: skip


class Happened(NamedTuple):
    """One line: the day, its icon, what it was, who kept it, and the words."""

    day: object
    icon: str
    what: str
    who: str
    text: str
    own: bool  # the words of a child or a grown-up of the family


@require_safe
@for_family_record("chronology", permissions.TEAM)
def chronology(request: HttpRequest, story: Story) -> HttpResponse:
    """What happened when, as far as it is theirs to read; the newest first."""
    names = dict(permissions.sections(also_past=True).values_list("code", "name"))
    first, *others = _sources(request, story)
    rows = first.union(*others, all=True).order_by("-day", "deed")
    lines = [
        Happened(day, *WORDS[deed], who, _plain(deed, text, names), deed in ("words", "parents"))
        for day, deed, who, text in rows
    ]  # fmt: skip
    return draw(request, "chronology", story=story, back=back(story), lines=lines)


def _plain(deed: str, text: str, names: dict[str, str]) -> str:
    """Codes as words."""
    if deed == "level":
        return f"Level {text}"
    if deed == "stays":
        return f"Until {day(date.fromisoformat(text))}"
    return names.get(text, text) if deed == "signed" else text


def _sources(request: HttpRequest, story: Story) -> list[QuerySet]:
    user = request.user
    signed = permissions.visible_contributions(user, story).filter(state=states.SIGNED)
    contacts = permissions.visible_contacts(user, story).prefetch_related(None)
    agreed = permissions.visible_agreements(user, story)
    shares = permissions.visible_shares(user, story)
    return [
        *_in_their_words(user, story),
        _row(signed, TruncDate("signed_at"), "signed", "post", "section"),
        _row(permissions.visible_levels(user, story), "judged_on", "level", "judged_by", "level"),
        _row(agreed, "given_on", "agreed", "recorded_by", "words"),
        _row(shares, TruncDate("decided_at"), "shared", "decided_by", "what"),
        *_in_the_team(user, story),
        _row(permissions.visible_oversight(user, story), "on", "oversight", "post", "words"),
        _row(contacts, "on", Cast("kind", CharField()), "post", "what"),
    ]


def _in_the_team(user: User, story: Story) -> list[QuerySet]:
    """Who came; and who was renewed at a review, so that nobody seems to join twice."""
    team = permissions.visible_team(user, story)
    before = team.filter(
        post=OuterRef("post"), ended_why=verbs.RENEWED, ended_at__date=OuterRef("starts_on")
    )
    came, stays = team.filter(~Exists(before)), team.filter(Exists(before))
    return [
        _row(came, "starts_on", "joined", "post", "purpose"),
        _row(stays, "starts_on", "stays", "post", "ends_on"),
    ]


def _in_their_words(user: User, story: Story) -> list[QuerySet]:
    words = permissions.visible_words(user, story)
    grown_up = permissions.visible_parents_words(user, story)
    drawn = permissions.visible_drawings(user, story)
    return [
        _row(words, "said_on", "words", "gathered_by", "words"),
        _row(grown_up, "said_on", "parents", "gathered_by", "words"),
        _row(drawn, "drawn_on", "drawn", "gathered_by", "described"),
    ]


def _row(found: QuerySet, day: str | TruncDate, deed: str | Cast, post: str, text: str) -> QuerySet:
    lines = found.order_by().annotate(
        day=F(day) if isinstance(day, str) else day,
        deed=Value(deed, CharField()) if isinstance(deed, str) else deed,
        keeper=Cast(F(f"{post}__user__name"), TextField()),
        line=Cast(F(text), TextField()),
    )
    return lines.values_list("day", "deed", "keeper", "line")


@require_safe
@for_family_record("own part", permissions.TEAM)
def own_part(request: HttpRequest, story: Story) -> HttpResponse:
    """What one's own agency wrote, to print for its own file: nobody else's words."""
    own = request.user.acting_for.organisation_id
    written = permissions.visible_contributions(request.user, story).filter(
        state=states.SIGNED, post__organisation=own
    )
    contacts = permissions.visible_contacts(request.user, story).filter(post__organisation=own)
    return draw(
        request, "own_part", story=story, organisation=request.user.acting_for.organisation,
        written=written.select_related("post__user", "post__organisation"), contacts=contacts,
        kinds=dict(Contact.Kind.choices),
    )  # fmt: skip
