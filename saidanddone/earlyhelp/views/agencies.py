"""Those who answer for an agency: who of theirs still looks at families' records; what was signed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import agencies as forms
from saidanddone.earlyhelp.views.guard import for_agency
from saidanddone.people.signin import asks_again
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import plural

MOST = 300  # posts on one page; the nearest day first
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@for_agency
def agency_looks(request: HttpRequest) -> HttpResponse:
    """Who of ours still needs to see families' records: ticked, one by one, in one press."""
    user = request.user
    require("confirm_post", permissions.agency_verbs(user))
    officer = "record_signing" in permissions.agency_verbs(user)
    found = permissions.running_out(user) if officer else permissions.spoken_posts(user)
    posts = {one.pk: one for one in found[:MOST]}
    named = {"posts": posts.values(), "with_agency": officer}
    ending = "end" in request.POST
    still = forms.StillNeedForm(None if ending else request.POST or None, **named)
    no_more = forms.NoMoreForm(request.POST if ending else None, prefix="end", **named)
    if no_more.is_valid():
        verbs.end_looking(post=posts[no_more.cleaned_data["post"]], by=user)
        messages.success(request, "Kept. Families’ records are closed to them from now on.")
        return redirect("agency-looks")
    if still.is_valid():
        return _confirm(request, [posts[pk] for pk in still.cleaned_data["posts"]])
    context = {
        "still": still, "no_more": no_more, "posts": posts, "officer": officer,
        "days": partnership().sponsor_days, "warning": permissions.WARNING_DAYS,
        "signed": [] if officer else permissions.visible_signings(user), "today": clock.today(),
    }  # fmt: skip
    status = 422 if still.is_bound or no_more.is_bound else 200
    return render(request, "earlyhelp/agency_looks.html", context, status=status)


def _confirm(request: HttpRequest, posts: list) -> HttpResponse:
    for post in posts:
        verbs.confirm_post(post=post, by=request.user)
    people = plural(len(posts), "person keeps", "people keep")
    messages.success(request, f"Kept. {people} it for {partnership().sponsor_days} days.")
    return redirect("agency-looks")


@form_page
@for_agency
@asks_again
def signings(request: HttpRequest) -> HttpResponse:
    """Which agency signed the sharing agreement, and until when; another signature."""
    user = request.user
    require("record_signing", permissions.agency_verbs(user))
    agencies = permissions.agencies(user)
    form = forms.SigningForm(request.POST or None, agencies=agencies)
    if form.is_valid():
        verbs.record_signing(by=user, **form.cleaned_data)
        messages.success(request, "Kept. Their people can join families’ teams.")
        return redirect("signings")
    context = {
        "form": form, "agencies": agencies[:MOST], "today": clock.today(),
        "signed": permissions.visible_signings(user)[:MOST],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/signings.html", context, status=status)
