"""My families, by reference; and one family's story, to read."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import ChildsWords, Contribution, Story
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.reference.models import partnership

LONGEST = 200  # stories on one page: nobody leads more; a coordinator has a page of their own


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def stories(request: HttpRequest) -> HttpResponse:
    """The families one works with, by reference. Names come by a press that is kept."""
    found = list(permissions.listed_stories(request.user)[: LONGEST + 1])
    names = verbs.show_names(by=request.user) if request.method == "POST" else {}
    context = {
        "stories": found[:LONGEST],
        "cut_at": LONGEST if len(found) > LONGEST else None,
        "names": names,
        "shown": request.method == "POST",
        "state_names": states.NAMES,
        "story_name": partnership().story_name,
        "above": permissions.overview_verbs(request.user),
        "closes": permissions.own_until(request.user).first(),
        "sponsors": permissions.own_sponsors(request.user),
        "breaks": "break_glass" in permissions.glass_verbs(request.user),
        "opens": "open_story" in permissions.opening_verbs(request.user),
    }
    return render(request, "earlyhelp/stories.html", context)


@require_safe
@for_family_record("story")
def story(request: HttpRequest, story: Story) -> HttpResponse:
    """What the family and those around it have told, each with who said it."""
    return render(request, "earlyhelp/story.html", _told(request, story))


def _told(request: HttpRequest, story: Story) -> dict[str, Any]:
    user = request.user
    members = list(permissions.members_with_levels(user, story))
    written = permissions.signed_by_section(user, story)
    return {
        "story": story,
        "can": permissions.story_verbs(user, story),
        "works": permissions.holds(user, story, permissions.TEAM),
        "guards": permissions.opens_guards(user, story),
        "members": members,
        "levels": {one.pk: _day_of(one.judged) for one in members if one.judged},
        "cover": permissions.visible_cover(user, story),
        "said": permissions.all_said(user, story),
        "audiences": dict(ChildsWords.Audience.choices),
        "written": [(name, list(those)) for name, those in groupby(written, _called)],
        "team": list(permissions.visible_team(user, story).filter(ended_at__isnull=True)),
        "state_names": states.NAMES,
        "story_name": partnership().story_name,
    }


def _day_of(judged: dict[str, Any]) -> dict[str, Any]:
    return judged | {"on": date.fromisoformat(judged["on"])}


def _called(one: Contribution) -> str:
    return one.called
