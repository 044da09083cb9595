"""The register on the day, on a phone: big ticks, and those who walk in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from saidanddone.core.access import require
from saidanddone.core.numbers import numbers
from saidanddone.events import forms, permissions, verbs
from saidanddone.events.views.shared import crumbs_to, deed, done_already, draw, kept, typed
from saidanddone.ui.filters import plural


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is expected, each with a tick; what they need and ask."""
    session = kept(request, slug, "mark_register")
    if request.method == "POST" and not done_already(request, session, "mark_register"):
        shown, here = (set(numbers(request.POST.getlist(name))) for name in ("shown", "here"))
        count = verbs.mark_register(session=session, shown=shown, here=here, by=request.user)
        messages.success(request, f"Saved. {plural(count, 'person is', 'people are')} here.")
        return redirect("session-register", slug)
    bookings = permissions.visible_bookings(request.user, session).expected()
    return draw(
        request, "register", session=session, bookings=list(bookings), crumbs=crumbs_to(session),
        can=permissions.session_verbs(request.user, session),
        keeps=permissions.keeps_sessions(request.user),
        states=STATES,
    )  # fmt: skip


STATES = {
    "came": ("s-done", "Came", "good"),
    "came_in_part": ("s-track", "For a part", "good"),
    "did_not_come": ("s-none", "Did not come", ""),
}


@require_http_methods(["GET", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Add somebody who came without a booking."""
    session = kept(request, slug, "add_walk_in")
    if done_already(request, session, "add_walk_in"):
        return redirect("session-register", slug)
    require("add_walk_in", permissions.session_verbs(request.user, session))
    form = forms.WalkInForm(typed(request))
    if form.is_valid():
        added = verbs.add_walk_in(session=session, **form.cleaned_data, by=request.user)
        messages.success(request, f"{added.name} is on the register.")
        return redirect("session-register", slug)
    crumbs = crumbs_to(session, ("Register", f"{session.get_absolute_url()}register/"))
    return deed(request, "Somebody walked in", form, "Add them", crumbs=crumbs)
