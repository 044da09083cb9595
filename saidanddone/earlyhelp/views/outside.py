"""The page that stands where a family's page was, once the door is shut."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import TeamMembership
from saidanddone.ui.typed import typed_in


def unspoken(request: HttpRequest) -> HttpResponse:
    """Nobody spoke for them in time: no family's page is there, and it says whom to ask."""
    context = {
        "sponsors": permissions.own_sponsors(request.user),
        "typed": typed_in(request),
    }
    return render(request, "earlyhelp/unspoken.html", context, status=403)


def shut_out(request: HttpRequest, past: TeamMembership) -> HttpResponse:
    """Refuse, with what is left to them, and with every letter that they had typed."""
    verbs.read_own(past=past, by=request.user)
    context = {
        "past": past,
        "contributions": permissions.own_contributions(request.user, past),
        "contacts": permissions.own_contacts(request.user, past),
        "typed": typed_in(request),
    }
    return render(request, "earlyhelp/shut.html", context, status=403)
