"""What one of a family does at their own door: answers the plan, ticks a step, says, scores, stops."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.forms import door as forms
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.home_door import at_the_door, drawn, to

ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
@at_the_door("plan-at-home")
def plan(request: HttpRequest, story: Story) -> HttpResponse:
    """The plan: one's own steps to tick, and a yes, a no or a word to it."""
    form = forms.PlanAnswerForm(
        request.POST or None, initial={"version": story.plan_version}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["version"] == story.plan_version:
            return _answered(request, story, given)
        form.add_error(None, "The plan has changed since you opened it. Look at it again below.")
    return _plan(request, story, form)


def _answered(request: HttpRequest, story: Story, given: dict) -> HttpResponse:
    member = permissions.own_member(request.user, story)
    told = {"story": story, "member": member, "words": given["words"], "once": given["once"]}
    if member is None:
        raise Http404
    if given["kind"] == "agrees":
        verbs.agree_plan(**told, by=request.user)
        messages.success(request, "Thank you. We have your yes.")
    else:
        verbs.answer_plan(**told, kind=given["kind"], by=request.user)
        messages.success(request, "Thank you. Your lead reads it next.")
    return to("our-story-plan", story.pk)


def _plan(request: HttpRequest, story: Story, form: forms.PlanAnswerForm) -> HttpResponse:
    steps = list(permissions.visible_steps(request.user, story))
    may = permissions.story_verbs(request.user, story)
    return drawn(
        request, "earlyhelp/home_plan.html", story, form=form, steps=steps,
        goals=permissions.visible_goals(request.user, story),
        open=permissions.steps_to_do(request.user, story, steps), state_names=states.NAMES,
        answers=permissions.visible_answers(request.user, story).order_by("-said_at"),
        may_agree=bool({"agree_plan"} & may and steps),
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@at_the_door("plan-at-home")
def tick(request: HttpRequest, story: Story, step: UUID) -> HttpResponse:
    """Say that a step of one's own is done, or that it is not done after all."""
    found = permissions.visible_steps(request.user, story).filter(pk=step, story=story.pk).first()
    if found is None:
        raise Http404
    deed = verbs.take_up_step if "undo" in request.POST else verbs.finish_step
    deed(step=found, by=request.user)
    return to("our-story-plan", story.pk)


@require_http_methods(ASKED)
@at_the_door("own-words")
def words(request: HttpRequest, story: Story) -> HttpResponse:
    """Everything one has said oneself, and more of it."""
    member = permissions.own_member(request.user, story)
    if member is None:
        raise Http404
    team = permissions.visible_team(request.user, story).filter(ended_at__isnull=True)
    chosen = list(team) if member.is_child else []  # whom a child may tell alone
    form = forms.OwnWordsForm(request.POST or None, member=member, team=chosen)
    if request.method == "POST" and form.is_valid():
        verbs.say_words(story=story, by=request.user, **form.said())
        messages.success(request, "Thank you. Your words are kept, just as you wrote them.")
        return to("our-story-words", story.pk)
    return drawn(
        request, "earlyhelp/home_words.html", story, form=form, member=member,
        words=permissions.own_words(request.user, story, member),
        drawings=permissions.own_drawings(request.user, story).select_related("gathered_by__user"),
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
@at_the_door("own-words")
def widen(request: HttpRequest, story: Story, words: UUID) -> HttpResponse:
    """Let the whole team read what was for one worker."""
    found = permissions.visible_words(request.user, story).filter(pk=words).first()
    if found is None:
        raise Http404
    verbs.widen_words(story=story, words=found, by=request.user)
    messages.success(request, "Your team can read it now.")
    return to("our-story-words", story.pk)


@require_http_methods(ASKED)
@at_the_door("own-scores")
def score(request: HttpRequest, story: Story) -> HttpResponse:
    """How things are, from 0 to 10, and how that went over time."""
    form = forms.ScoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.give_score(story=story, by=request.user, **form.cleaned_data)
        messages.success(request, "Thank you. Your number is kept.")
        return to("our-story-score", story.pk)
    return drawn(
        request, "earlyhelp/home_score.html", story, form=form,
        scores=permissions.own_scores(request.user, story), status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(ASKED)
@at_the_door("own-agreement")
def agreement(request: HttpRequest, story: Story) -> HttpResponse:
    """What one agreed to, and a way to say it anew or to stop it."""
    versions = list(permissions.own_agreements(request.user, story))
    last = versions[0] if versions and versions[0].withdrawn_at is None else None
    start = {"words": last.words, "hold_back": last.hold_back} if last else {}
    form = forms.AgreementForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        verbs.change_agreement(story=story, by=request.user, **form.cleaned_data)
        messages.success(request, "It is changed. Your lead reads it next.")
        return to("our-story-agreement", story.pk)
    return drawn(
        request, "earlyhelp/home_agreement.html", story, form=form, last=last, versions=versions,
        agencies=permissions.own_agencies(request.user, story), may=_may_stop(request, story),
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(ASKED)
@at_the_door("stop")
def stop(request: HttpRequest, story: Story) -> HttpResponse:
    """What will happen, then one press: it stops at once, for one agency or for all."""
    last = permissions.own_agreements(request.user, story).filter(withdrawn_at=None).first()
    if last is None or not _may_stop(request, story):
        raise Http404
    form = forms.StopForm(
        request.POST or None, agencies=list(permissions.own_agencies(request.user, story))
    )
    if request.method == "POST" and form.is_valid():
        return _stopped(request, story, form.cleaned_data)
    return drawn(
        request, "earlyhelp/home_stop.html", story, form=form, status=422 if form.errors else 200
    )


def _stopped(request: HttpRequest, story: Story, given: dict) -> HttpResponse:
    whom = given["whom"]
    named = permissions.own_agencies(request.user, story)
    agency = None if whom == forms.StopForm.ALL else named.get(pk=whom)
    verbs.withdraw_agreement(story=story, words=given["words"], agency=agency, by=request.user)
    messages.success(request, "It has stopped. They can no longer open your story.")
    return to("our-story-agreement", story.pk)


def _may_stop(request: HttpRequest, story: Story) -> bool:
    member = permissions.own_member(request.user, story)
    if member is None:
        raise Refused("read_story")
    able = permissions.speaks_for_themselves(member)
    return able and "withdraw_agreement" in permissions.story_verbs(request.user, story)


@require_http_methods(ASKED)
@at_the_door("own-feedback")
def closing(request: HttpRequest, story: Story) -> HttpResponse:
    """How the story ends, and what one says of the help oneself."""
    user = request.user
    may = "give_feedback" in permissions.story_verbs(user, story)
    form = forms.FeedbackForm(request.POST or None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        verbs.give_feedback(story=story, by=user, **form.cleaned_data)
        messages.success(request, "Thank you. It is kept as you wrote it.")
        return to("our-story-closing", story.pk)
    return drawn(
        request, "earlyhelp/home_closing.html", story, form=form,
        closing=permissions.visible_closing(user, story),
        given=permissions.own_feedback(user, story),
        status=422 if form is not None and form.errors else 200,
    )  # fmt: skip
