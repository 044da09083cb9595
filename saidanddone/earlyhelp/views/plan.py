"""The plan: to read, to write, to say how a step went, to print."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import Refused, require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import planning
from saidanddone.earlyhelp.models import Goal, Step, Story
from saidanddone.earlyhelp.views.days import due_tag, step_tag
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, deed, draw, typed
from saidanddone.people.models import User

LEADS = frozenset({permissions.Part.LEAD})
WRITES = frozenset({permissions.Part.WRITE, permissions.Part.LEAD})
LOOKS_AND_DOES = ["GET", "HEAD", "POST"]


@require_safe
@for_family_record("plan", permissions.TEAM)
def plan(request: HttpRequest, story: Story) -> HttpResponse:
    """What the family wants, who does what by when, and what each says to it."""
    can = permissions.story_verbs(request.user, story)
    return draw(request, "plan", story=story, can=can, **_plan(request.user, story, can))


@require_safe
@for_family_record("plan", permissions.TEAM)
def plan_print(request: HttpRequest, story: Story) -> HttpResponse:
    """The plan on paper, large and plain, for the fridge door."""
    can = permissions.story_verbs(request.user, story)
    team = list(permissions.visible_team(request.user, story).filter(ended_at__isnull=True))
    quiet = {one.post_id for one in team if one.quiet}  # what lies on a table tells of nobody
    told = _plan(request.user, story, can, quiet)
    shown = [one for one in team if not one.quiet]
    return draw(request, "plan_print", story=story, team=shown, **told)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("plan", WRITES)
def goal_add(request: HttpRequest, story: Story) -> HttpResponse:
    """What the family wants to be different."""
    require("add_goal", permissions.story_verbs(request.user, story))
    form = planning.GoalForm(typed(request))
    if form.is_valid():
        verbs.add_goal(story=story, by=request.user, **form.cleaned_data)
        return redirect("story-plan", story.pk)
    return deed(request, story, "A goal", form, "Add this goal", back=_back(story))


@require_POST
@for_family_record("plan", LEADS)
def goal_drop(request: HttpRequest, story: Story, goal: UUID) -> HttpResponse:
    """Leave a goal out of the plan."""
    verbs.drop_goal(goal=_goal(request.user, story, goal), by=request.user)
    messages.success(request, "The goal is out of the plan.")
    return redirect("story-plan", story.pk)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("plan", WRITES)
def step_add(request: HttpRequest, story: Story, goal: UUID) -> HttpResponse:
    """Who does what by when."""
    require("add_step", permissions.story_verbs(request.user, story))
    one = _goal(request.user, story, goal)
    team = permissions.visible_team(request.user, story).filter(ended_at__isnull=True)
    form = planning.StepForm(
        typed(request), members=permissions.visible_members(request.user, story),
        posts=[membership.post for membership in team],
    )  # fmt: skip
    if form.is_valid():
        verbs.add_step(goal=one, by=request.user, **form.step())
        return redirect("story-plan", story.pk)
    intro = f"Towards: “{one.words}”"
    return deed(request, story, "A step", form, "Add this step", intro=intro, back=_back(story))


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("plan", permissions.TEAM)
def step_done(request: HttpRequest, story: Story, step: UUID) -> HttpResponse:
    """Say how a step went: its owner, or the lead for them."""
    one = _step(request.user, story, step)
    can = permissions.step_verbs(request.user, one)
    if not can:
        raise Refused("finish_step")
    form = planning.StepDoneForm(typed(request), can=can)
    if form.is_valid():
        does = getattr(verbs, form.cleaned_data["deed"])
        does(step=one, result=form.cleaned_data["result"], by=request.user)
        return redirect("story-plan", story.pk)
    return deed(
        request, story, "How a step went", form, "Keep this", intro=one.what, back=_back(story)
    )


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("plan", LEADS)
def plan_answer(request: HttpRequest, story: Story) -> HttpResponse:
    """Write down what one of the family said aloud about the plan."""
    can = permissions.story_verbs(request.user, story)
    require("answer_plan", can)
    members = permissions.visible_members(request.user, story)
    form = planning.AnswerForm(typed(request), members=members, may_agree="agree_plan" in can)
    if form.is_valid():
        try:
            _answer(story, form, request.user)
            return redirect("story-plan", story.pk)
        except verbs.NotReady as missing:
            form.add_error(None, str(missing))
    intro = "Each speaks for themselves. What you heard counts if somebody else heard it too."
    return deed(
        request, story, "What the family says", form, "Keep their answer", intro=intro,
        back=_back(story),
    )  # fmt: skip


def _answer(story: Story, form: planning.AnswerForm, by: User) -> None:
    kind = form.cleaned_data["kind"]
    if kind == "agrees":
        verbs.agree_plan(story=story, by=by, **form.answer())
    else:
        verbs.answer_plan(story=story, kind=kind, by=by, **form.answer())


def _plan(user: User, story: Story, can: set[str], without: Collection[int] = ()) -> dict[str, Any]:
    found = permissions.visible_steps(user, story)
    steps = [step for step in found if step.post_id not in without]
    mine = permissions.steps_to_do(user, story, steps, can)
    rows = [(step, step_tag(step), bool(mine.get(step.pk))) for step in steps]
    return {
        "goals": [
            (goal, [row for row in rows if row[0].goal_id == goal.pk])
            for goal in permissions.visible_goals(user, story)
        ],
        "answers": permissions.visible_answers(user, story),
        "outcomes": dict(planning.story_terms("outcome")),
        "review": due_tag(story.review_due_on),
    }


def _goal(user: User, story: Story, pk: UUID) -> Goal:
    found = permissions.visible_goals(user, story).filter(pk=pk).select_related("story").first()
    if found is None:
        raise Http404
    return found


def _step(user: User, story: Story, pk: UUID) -> Step:
    found = permissions.visible_steps(user, story).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _back(story: Story) -> list[tuple[str, str]]:
    return [*back(story), ("The plan", reverse("story-plan", args=[story.pk]))]
