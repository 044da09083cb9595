"""The family's own door: their story, on their phone, in plain words. Each sees what is theirs."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from saidanddone.core import calendars, clock
from saidanddone.earlyhelp import permissions, states
from saidanddone.earlyhelp.models import Look, Story
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.reference.models import partnership

View = Callable[..., HttpResponse]
MOST_LOOKS = 400  # lines; a day's looks of one person at one page are one line
WHY = {
    "lead": "leads your team", "membership": "is in your team",
    "supervision": "helps a worker in your team to do it well",
    "coordination": "sees that every family has somebody",
    "authorisation": "says yes to your story or to its end",
    "file": "keeps the file after you said stop",
    "break_glass": "opened it in an emergency, and somebody checks if that was right",
    "list": "works with your family",
}  # fmt: skip


def at_the_door(part: str) -> Callable[[View], View]:
    """A page of one's own family. Whoever also works here is here as one of the family alone."""

    def guard(view: View) -> View:
        inside = for_family_record(part, {permissions.Part.FAMILY})(view)

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.user.acting_for = None
            return inside(request, *args, **kwargs)

        return opened

    return guard


@require_safe
def our_story(request: HttpRequest) -> HttpResponse:
    """To one's own story; to choose, for somebody in two families; else to the account."""
    request.user.acting_for = None
    return _choose(request)


@for_family_list
def _choose(request: HttpRequest) -> HttpResponse:
    found = list(permissions.own_stories(request.user))
    if len(found) == 1:
        return redirect("our-story-home", found[0].pk)
    if not found:
        messages.info(request, "No family’s story is open to you here today.")
        return redirect("account")
    return drawn(request, "earlyhelp/home_choose.html", None, stories=found)


@require_safe
@at_the_door("home")
def home(request: HttpRequest, story: Story) -> HttpResponse:
    """What comes next, what is theirs to do, and the way to everything else."""
    member = permissions.own_member(request.user, story)
    steps = list(permissions.visible_steps(request.user, story))
    mine = [one for one in steps if member and one.member == member and one.state == states.TO_DO]
    answer = permissions.visible_answers(request.user, story).order_by("-said_at").first()
    current = answer is not None and answer.version == story.plan_version
    return drawn(
        request, "earlyhelp/home.html", story, member=member, mine=mine,
        team=_team(request, story), asks_plan=not current and bool(steps),
        meeting=_meeting(story),
    )  # fmt: skip


@require_safe
@at_the_door("said")
def said(request: HttpRequest, story: Story) -> HttpResponse:
    """What was said, and by whom."""
    signed = permissions.visible_contributions(request.user, story).filter(state=states.SIGNED)
    return drawn(
        request, "earlyhelp/home_said.html", story,
        cover=permissions.visible_cover(request.user, story),
        contributions=signed.select_related("post__user", "post__organisation"),
        words=permissions.own_words(
            request.user, story, permissions.own_member(request.user, story)
        ),
    )  # fmt: skip


@require_safe
@at_the_door("who-helps")
def team(request: HttpRequest, story: Story) -> HttpResponse:
    """Who helps, what for, until when, and how to reach them."""
    return drawn(
        request, "earlyhelp/home_team.html", story, team=_team(request, story), today=clock.today()
    )


@require_safe
@at_the_door("who-looked")
def looked(request: HttpRequest, story: Story) -> HttpResponse:
    """Who has looked, and why: as it is told to this one of the family."""
    looks = permissions.told_looks(request.user, story).order_by("-at")[:MOST_LOOKS]
    return drawn(
        request, "earlyhelp/home_looked.html", story, days=_by_day(looks),
        shares=permissions.told_shares(request.user, story),
    )  # fmt: skip


@require_safe
@at_the_door("meeting")
def meeting(request: HttpRequest, story: Story) -> HttpResponse:
    """The next meeting for one's own calendar: a day, and no word of what it is about."""
    day = _meeting(story)
    if day is None:
        raise Http404
    entry = calendars.Entry(
        uid=f"{story.pk}@{settings.SITE_ADDRESS.split('//')[-1]}", title="Meeting", day=day,
        changed_at=clock.now(), private=True,
    )  # fmt: skip
    answer = HttpResponse(calendars.enclosure(entry), content_type=calendars.MEDIA_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


def drawn(
    request: HttpRequest, page: str, story: Story | None, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the door, with what every one of them shows."""
    shown = {"story": story, "story_name": partnership().story_name, "at_home": True} | context
    return render(request, page, shown, status=status)


def to(page: str, pk: UUID) -> HttpResponse:
    """On to another page of the door."""
    return redirect(reverse(page, args=[pk]))


def _team(request: HttpRequest, story: Story) -> list[Any]:
    found = permissions.visible_team(request.user, story).filter(ended_at__isnull=True)
    return sorted(found, key=lambda one: (one.post_id != story.lead_id, one.starts_on))


def _meeting(story: Story) -> date | None:
    day = story.review_due_on
    return day if day is not None and day >= clock.today() and not story.closed_at else None


def _by_day(looks: list[Look]) -> list[tuple[date, list[tuple[Look, str, list[str]]]]]:
    """One line for each person of a day: one of their looks, why they looked, and at what."""
    days: dict[date, dict[tuple[int, str], tuple[Look, str, list[str]]]] = {}
    for look in looks:
        lines = days.setdefault(timezone.localdate(look.at), {})
        why = WHY.get(look.purpose, "works here")
        _, _, what = lines.setdefault((look.person_id, why), (look, f"who {why}", []))
        if permissions.TOLD_PARTS[look.part] not in what:
            what.append(permissions.TOLD_PARTS[look.part])
    return [(day, list(lines.values())) for day, lines in days.items()]
