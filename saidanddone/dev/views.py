"""Pages that only a demonstration has: choosing whose part to play."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from saidanddone.dev import personas
from saidanddone.people import roles, signin

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@login_not_required
def demo(request: HttpRequest) -> HttpResponse:
    """Everybody whose part a visitor may play, and what is worth trying as them."""
    groups = [
        (group, [(one, roles.BY_CODE[one.role]) for one in personas.PERSONAS if one.group == group])
        for group in personas.GROUPS
    ]
    context = {"groups": groups, "young": personas.young_links()}
    return render(request, "dev/demo.html", context)


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become a persona: signed in as surely as their story says."""
    persona = personas.BY_KEY.get(request.POST.get("persona", ""))
    if persona is None:
        raise Http404
    person = personas.person(persona.key)
    logout(request)
    login(request, person, backend=BACKEND)
    method = {"method": "mfa", "type": "demo"} if persona.strong else {"method": "code"}
    record_authentication(request, person, **method)
    signin.begin(request, person)
    return redirect(persona.links[0][1])
