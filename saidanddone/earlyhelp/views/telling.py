"""After a visit: words, numbers, a contact, a judgement, a supervisor's note; each one short form."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import telling as forms
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import deed, typed

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@for_family_record("words", permissions.TEAM)
def words_record(request: HttpRequest, story: Story) -> HttpResponse:
    """What a child said."""
    return _kept(
        request, story, verbs.record_childs_words, forms.WordsForm, "A child’s own words",
        "Keep their words", "Kept, for those whom the child chose. Nobody changes it.",
    )  # fmt: skip


@form_page
@for_family_record("words", permissions.TEAM)
def parents_words_record(request: HttpRequest, story: Story) -> HttpResponse:
    """What a grown-up of the family said."""
    return _kept(
        request, story, verbs.record_parents_words, forms.ParentsWordsForm, "A grown-up’s own words",
        "Keep their words", "Kept, in their words. Nobody changes it.",
    )  # fmt: skip


@form_page
@for_family_record("level", permissions.TEAM)
def level_judge(request: HttpRequest, story: Story) -> HttpResponse:
    """How much help one child needs."""
    return _kept(
        request, story, verbs.judge_level, forms.LevelForm, "How much help a child needs",
        "Keep my judgement", "Kept, with your name and the reason.",
    )  # fmt: skip


@form_page
@for_family_record("scales", permissions.TEAM)
def scale_note(request: HttpRequest, story: Story) -> HttpResponse:
    """How things are, as one person sees it."""
    return _kept(
        request, story, verbs.note_scale, forms.ScaleForm, "How things are, in a number",
        "Keep the number", "Kept, beside what others say.",
    )  # fmt: skip


@form_page
@for_family_record("contacts", permissions.TEAM)
def contact_keep(request: HttpRequest, story: Story) -> HttpResponse:
    """A visit, a call or a message."""
    return _kept(
        request, story, verbs.keep_contact, forms.ContactForm, "A visit, a call, a message",
        "Keep it", "Kept. It stands in what happened when.",
    )  # fmt: skip


@form_page
@for_family_record("oversight", permissions.ALL_BUT_SEALED)
def oversight_note(request: HttpRequest, story: Story) -> HttpResponse:
    """What was talked through in supervision."""
    return _kept(
        request, story, verbs.note_oversight, forms.OversightForm, "A note from supervision",
        "Keep the note", "Kept, and the lead has been told.", of_people=False,
    )  # fmt: skip


def _kept(
    request: HttpRequest, story: Story, verb: Callable[..., Any],
    make: type[django_forms.Form], title: str, button: str, done: str, *, of_people: bool = True,
) -> HttpResponse:  # fmt: skip
    """One form, one verb of its name, one sentence; back to the story."""
    require(verb.__name__, permissions.story_verbs(request.user, story))
    known = {"members": list(permissions.visible_members(request.user, story))} if of_people else {}
    form = make(typed(request), **known)
    if form.is_valid():
        verb(story=story, **form.cleaned_data, by=request.user)
        messages.success(request, done)
        return redirect("story", story.pk)
    return deed(request, story, title, form, button)
