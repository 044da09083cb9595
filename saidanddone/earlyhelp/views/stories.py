"""My families, by reference; and one family's story, to read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Contribution, Level, Story
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.reference.models import partnership

LONGEST = 200  # stories on one page: nobody leads more; a coordinator has a page of their own


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def stories(request: HttpRequest) -> HttpResponse:
    """The families one works with, by reference. Names come by a press that is kept."""
    found = list(permissions.listed_stories(request.user)[:LONGEST])
    names = verbs.show_names(by=request.user) if request.method == "POST" else {}
    context = {
        "stories": found,
        "names": names,
        "shown": request.method == "POST",
        "state_names": states.NAMES,
        "story_name": partnership().story_name,
        "above": permissions.overview_verbs(request.user),
        "closes": permissions.own_until(request.user).first(),
        "sponsors": permissions.own_sponsors(request.user),
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
    words = permissions.visible_words(user, story).select_related("child", "gathered_by__user")
    signed = permissions.visible_contributions(user, story).filter(state=states.SIGNED)
    return {
        "story": story,
        "can": permissions.story_verbs(user, story),
        "members": permissions.visible_members(user, story),
        "cover": permissions.visible_cover(user, story),
        "words": words,
        "drawings": permissions.visible_drawings(user, story),
        "parents": permissions.visible_parents_words(user, story),
        "written": _by_section(signed.select_related("post__user", "post__organisation")),
        "levels": _newest(permissions.visible_levels(user, story)),
        "team": permissions.visible_team(user, story).filter(ended_at__isnull=True),
        "state_names": states.NAMES,
        "story_name": partnership().story_name,
    }


def _by_section(signed: Iterable[Contribution]) -> list[tuple[str, list[Contribution]]]:
    """What is signed, by the name of its section and in the order of the list."""
    names = dict(permissions.sections(also_past=True).values_list("code", "name"))
    found: dict[str, list[Contribution]] = {code: [] for code in names}
    for one in signed:
        found.setdefault(one.section, []).append(one)
    return [(names.get(code, code), those) for code, those in found.items() if those]


def _newest(levels: Iterable[Level]) -> dict[UUID, Level]:
    """The last judgement of each child; the earlier ones stand in what happened when."""
    found: dict[UUID, Level] = {}
    for one in levels:
        found.setdefault(one.child_id, one)
    return found
