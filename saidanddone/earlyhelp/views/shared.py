"""What the pages of families' stories have in common: one form and one button, what was typed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from saidanddone.earlyhelp.models import Story
from saidanddone.reference.models import partnership


def draw(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page of this area; with a form that was refused, its status says so."""
    context.setdefault("story_name", partnership().story_name)
    status = 422 if any(map(_refused, context.values())) else 200
    return render(request, f"earlyhelp/{template}.html", context, status=status)


def _refused(shown: Any) -> bool:
    is_form = isinstance(shown, forms.BaseForm | forms.BaseFormSet)
    return is_form and shown.is_bound and not shown.is_valid()


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, however empty; None when somebody only looks."""
    return request.POST if request.method == "POST" else None


def deed(
    request: HttpRequest, story: Story, title: str, form: forms.Form | None, button: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form and one button. Its title tells no name: titles stand in histories."""
    filled = {"intro": "", "grave": False, "notice": "", "back": back(story)} | more
    return draw(request, "deed", story=story, title=title, form=form, button=button, **filled)


def back(story: Story) -> list[tuple[str, str]]:
    """The way back: the list, and this story by its reference."""
    return [("Families", reverse("stories")), (story.reference, reverse("story", args=[story.pk]))]
