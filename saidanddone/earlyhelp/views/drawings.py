"""Children's drawings: kept by a worker, sent by a child, and shown to those whom the child chose."""

from uuid import UUID

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import files
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import drawings as forms
from saidanddone.earlyhelp.models import Drawing, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.home_door import at_the_door, drawn, to
from saidanddone.earlyhelp.views.shared import deed, typed

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@for_family_record("words", permissions.TEAM)
def drawing_keep(request: HttpRequest, story: Story) -> HttpResponse:
    """What a child drew."""
    require("keep_drawing", permissions.story_verbs(request.user, story))
    members = list(permissions.visible_members(request.user, story))
    form = forms.DrawingForm(typed(request), request.FILES or None, members=members)
    if form.is_valid():
        verbs.keep_drawing(story=story, **form.cleaned_data, by=request.user)
        messages.success(request, "Kept, for those whom the child chose. Nobody changes it.")
        return redirect("story", story.pk)
    return deed(request, story, "A child’s drawing", form, "Keep the drawing")


@require_safe
@for_family_record("drawing", permissions.TEAM)
def drawing(request: HttpRequest, story: Story, drawing: UUID) -> HttpResponse:
    """The picture itself, for those whom the child chose."""
    found = permissions.visible_drawings(request.user, story)
    return _picture(get_object_or_404(found, pk=drawing))


@require_safe
@at_the_door("own-drawing")
def own_drawing(request: HttpRequest, story: Story, drawing: UUID) -> HttpResponse:
    """The picture that one drew oneself."""
    found = permissions.own_drawings(request.user, story)
    return _picture(get_object_or_404(found, pk=drawing))


@form_page
@at_the_door("own-words")
def draw_own(request: HttpRequest, story: Story) -> HttpResponse:
    """Send what one drew, and say who may see it."""
    member = permissions.own_member(request.user, story)
    if member is None or not member.is_child:
        raise Http404
    team = permissions.visible_team(request.user, story).filter(ended_at__isnull=True)
    form = forms.OwnDrawingForm(
        typed(request), request.FILES or None, member=member, team=list(team)
    )
    if form.is_valid():
        verbs.send_drawing(story=story, by=request.user, **form.said())
        messages.success(request, "Thank you. Your drawing is kept, just as it is.")
        return to("our-story-words", story.pk)
    return drawn(
        request, "earlyhelp/home_draw.html", story, form=form, status=422 if form.errors else 200
    )


def _picture(found: Drawing) -> FileResponse:
    with found.picture.open() as kept:
        whole = ContentFile(kept.read())
    return files.answer(whole, "drawing.jpg", "image/jpeg", inline=True)
