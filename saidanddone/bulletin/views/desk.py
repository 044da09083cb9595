"""The editor's desk: what was suggested, what comes next, what went out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from saidanddone.bulletin import counts, forms, permissions, states, verbs
from saidanddone.bulletin.models import Item
from saidanddone.core.access import require
from saidanddone.core.numbers import numbers

MOST = 60  # suggestions on the desk


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits to be read, the bulletin in hand, and the latest."""
    require("compile_edition", permissions.edition_verbs(request.user))
    items = permissions.visible_items(request.user).select_related("section")
    editions = list(permissions.visible_editions(request.user)[:8])
    context = {
        "waiting": items.filter(state=states.SUBMITTED).order_by("submitted_at")[:MOST],
        "taken": items.filter(state=states.ACCEPTED).order_by("decided_at")[:MOST],
        "editions": editions,
        "in_hand": [one for one in editions if one.state != states.SENT],
        "week": verbs.week_to_come(),
        "readers": counts.readers(),
        "names": states.NAMES,
    }
    return render(request, "bulletin/desk.html", context)


@require_POST
def accept_items(request: HttpRequest) -> HttpResponse:
    """Take those that are ticked."""
    chosen = numbers(request.POST.getlist("item"))[:MOST]
    found = permissions.visible_items(request.user).filter(pk__in=chosen, state=states.SUBMITTED)
    taken = [verbs.accept_item(item=item, by=request.user) for item in found]
    if taken:
        messages.success(request, f"Taken: {len(taken)}. They come in the next bulletin.")
    else:
        messages.info(request, "Nothing was ticked. Tick what you take, then press the button.")
    return redirect("bulletin-desk")


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one, having read it whole."""
    item = _item(request, pk)
    verbs.accept_item(item=item, by=request.user)
    messages.success(request, f"“{item.title}” comes in the next bulletin.")
    return redirect("bulletin-desk")


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not take one, with the reason."""
    item = _item(request, pk)
    form = forms.DeclineForm(request.POST)
    if not form.is_valid():
        can = permissions.item_verbs(request.user, item)
        context = {"item": item, "edition": None, "can": can, "decline": form, "base": "desk.html"}
        return render(request, "bulletin/item.html", context)
    verbs.decline_item(item=item, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, f"“{item.title}” is not taken, and they are told why.")
    return redirect("bulletin-desk")


@require_POST
def compile_week(request: HttpRequest) -> HttpResponse:
    """Put the next bulletin together."""
    edition = verbs.compile_edition(week=verbs.week_to_come(), by=request.user)
    return redirect("bulletin-make", edition.pk)


def _item(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(permissions.visible_items(request.user), pk=pk)
