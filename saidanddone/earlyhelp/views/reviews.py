"""Reviews: those that were held, the numbers people gave, one written down, the next one set."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import reviewing
from saidanddone.earlyhelp.models import Scale, Story
from saidanddone.earlyhelp.views.days import due_tag
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, deed, draw, typed
from saidanddone.people.models import User

LEADS = frozenset({permissions.Part.LEAD})
LOOKS_AND_DOES = ["GET", "HEAD", "POST"]


@require_safe
@for_family_record("reviews", permissions.TEAM)
def reviews(request: HttpRequest, story: Story) -> HttpResponse:
    """When the team and the family looked back, and how things are as each sees it."""
    held = permissions.told_reviews(request.user, story)
    return draw(
        request, "reviews", story=story, reviews=held, due=due_tag(story.review_due_on),
        can=permissions.story_verbs(request.user, story), people=_numbers(request.user, story),
    )  # fmt: skip


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("reviews", LEADS)
def review_hold(request: HttpRequest, story: Story) -> HttpResponse:
    """A review, written down on one page from what is there."""
    require("hold_review", permissions.story_verbs(request.user, story))
    form = _review_form(request, story)
    if form.is_valid():
        try:
            verbs.hold_review(
                story=story, held=_held(form), once=form.cleaned_data["once"], by=request.user
            )
            messages.success(request, "The review is kept.")
            return redirect("story-reviews", story.pk)
        except verbs.NotReady as wrong:
            form.add_error(None, str(wrong))
    return draw(request, "review", story=story, form=form)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("reviews", LEADS)
def review_plan(request: HttpRequest, story: Story) -> HttpResponse:
    """Set the day of the next review."""
    require("plan_review", permissions.story_verbs(request.user, story))
    form = reviewing.ReviewDayForm(typed(request), initial={"on": story.review_due_on})
    if form.is_valid():
        try:
            verbs.plan_review(story=story, on=form.cleaned_data["on"], by=request.user)
            return redirect("story-reviews", story.pk)
        except verbs.NotReady as wrong:
            form.add_error("on", str(wrong))
    way = [*back(story), ("Reviews", reverse("story-reviews", args=[story.pk]))]
    return deed(request, story, "The next review", form, "Set this day", back=way)


def _review_form(request: HttpRequest, story: Story) -> reviewing.ReviewForm:
    user = request.user
    return reviewing.ReviewForm(
        typed(request), initial={"next_on": verbs.next_day()},
        members=permissions.visible_members(user, story).filter(left_on__isnull=True),
        team=permissions.visible_team(user, story).filter(ended_at__isnull=True),
        goals=permissions.visible_goals(user, story),
    )  # fmt: skip


def _held(form: reviewing.ReviewForm) -> verbs.Held:
    said = form.cleaned_data
    return verbs.Held(
        said["held_on"], said["kind"], said["words"], said["next_on"],
        came=[verbs.Came(**one) for one in form.came()],
        far=[verbs.Far(**one) for one in form.far()],
        felt=[verbs.Felt(**one) for one in form.felt()], renew=form.renewed(),
    )  # fmt: skip


def _numbers(user: User, story: Story) -> list[dict[str, Any]]:
    """Each person's own numbers from first to last; those of different people are never added up."""
    people: dict[tuple, list[Scale]] = {}
    for one in permissions.visible_scales(user, story):
        people.setdefault((one.member_id, one.post_id), []).append(one)
    return [
        {
            "name": _name(given[0]), "first": given[0], "last": given[-1],
            "all": given, "more": len(given) > 1,
        }
        for given in people.values()
    ]  # fmt: skip


def _name(scale: Scale) -> str:
    if scale.member is not None:
        return scale.member.known_as or scale.member.name
    return scale.post.user.name
