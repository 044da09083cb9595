"""The pack of a meeting: its page, its files, and the clerk's supplements."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import answer
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import Meeting, Pack
from saidanddone.governance.views.shared import crumbs_to, deed, done_already, draw, typed

PDF = "application/pdf"


@login_not_required
@for_everyone
@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest edition with what stands in it, and the others beside it."""
    meeting = _meeting(request, pk)
    packs = list(permissions.visible_packs(request.user).filter(meeting=pk).order_by("-number"))
    if not packs:
        raise Http404
    closed = permissions.opens_closed_part(request.user, meeting)
    return draw(
        request, "pack", meeting=meeting, body=meeting.body, newest=packs[0],
        ready=next((one for one in packs if one.state == states.MADE), None), closed=closed,
        editions=[one for one in packs if one.state == states.MADE and (closed or "open" in one.told)],
        can=permissions.pack_verbs(request.user, packs[0]),
        crumbs=crumbs_to(meeting.body, ("Meeting", meeting.get_absolute_url())),
    )  # fmt: skip


@login_not_required
@require_safe
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest edition, for whoever may read the meeting's open papers."""
    return _sent(_newest(request, pk))


@require_safe
def pack_members(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest edition with the last part, for those who sit there."""
    return _sent_to_members(request, _newest(request, pk))


@login_not_required
@require_safe
def pack_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition, at an address of its own."""
    return _sent(get_object_or_404(_made(request), pk=pk))


@require_safe
def pack_edition_members(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition with the last part, for those who sit there."""
    return _sent_to_members(request, get_object_or_404(_made(request), pk=pk))


@require_POST
def pack_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a pack tried again that could not be made."""
    visible = permissions.visible_packs(request.user).select_related("meeting")
    found = get_object_or_404(visible, pk=pk)
    if not done_already(request, found, "ask_pack_again"):
        verbs.ask_pack_again(pack=found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Send out what came late."""
    found = _meeting(request, pk)
    if done_already(request, found, "make_supplement"):
        return redirect(found)
    require("make_supplement", permissions.meeting_verbs(request.user, found))
    form = forms.SupplementForm(typed(request))
    if form.is_valid() and _made_supplement(request, found, form):
        return redirect("pack", pk)
    crumbs = crumbs_to(found.body, ("Meeting", found.get_absolute_url()))
    return deed(
        request, "Send out what is new", form, "Make the new edition", crumbs=crumbs,
        intro="What came late joins behind the pages that are out, which keep their numbers. "
        "Those who sit here get one letter.",
    )  # fmt: skip


def _made_supplement(request: HttpRequest, meeting: Meeting, form: Any) -> bool:
    try:
        verbs.make_supplement(meeting=meeting, **form.cleaned_data, by=request.user)
    except verbs.NoVoice:
        form.add_error(None, "No child is heard on this agenda: put what children say on it first")
        return False
    messages.success(request, "The new edition is being made. Then those who sit here are told.")
    return True


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = permissions.visible_meetings(request.user).select_related("body")
    return get_object_or_404(visible, pk=pk)


def _made(request: HttpRequest) -> Any:
    found = permissions.visible_packs(request.user).filter(state=states.MADE)
    return found.select_related("meeting__body")


def _newest(request: HttpRequest, pk: int) -> Pack:
    found = _made(request).filter(meeting=pk).order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _sent(found: Pack) -> HttpResponse:
    return _streamed(found.open_file, _name(found))


def _sent_to_members(request: HttpRequest, found: Pack) -> HttpResponse:
    """A stranger is told that there is no such file, not that there is one."""
    if not permissions.opens_closed_part(request.user, found.meeting):
        raise Http404
    if not found.closed_file:
        return _sent(found)
    return _streamed(found.closed_file, f"{_name(found)}, members")


def _streamed(file: Any, name: str) -> HttpResponse:
    try:
        return answer(file.open("rb"), f"{name}.pdf", PDF)
    except OSError as gone:
        raise Http404 from gone


def _name(found: Pack) -> str:
    return f"{found.meeting}, pack"
