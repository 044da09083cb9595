"""Coming in: by invitation, or by oneself to the network."""

import uuid

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from saidanddone.core import limits
from saidanddone.people import forms, permissions, signin, verbs
from saidanddone.people.models import User
from saidanddone.ui import errors

# --------------------------------------------------------------- by invitation


@login_not_required
def invitation(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Where an invitation leads. The link alone opens nothing: a code goes to the address."""
    found = get_object_or_404(permissions.sent_invitations(), token=token)
    usable = found.is_open()
    if request.user.is_authenticated and request.user.pk == found.post.user_id:
        if usable:
            signin.come_by(request.session, found)
        return redirect("welcome")
    if request.method == "POST" and usable and not request.user.is_authenticated:
        signin.come_by(request.session, found)
        return _send_invited_code(request, found.post.user)
    return render(request, "people/invitation.html", {"invitation": found, "usable": usable})


def _send_invited_code(request: HttpRequest, person: User) -> HttpResponse:
    key = person.email
    if not ratelimit.consume(request, app="allauth.account", action="request_login_code", key=key):
        return ratelimit.respond_429(request)
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=person.email)
    return redirect(f"{reverse('account_confirm_login_code')}?next={reverse('welcome')}")


def welcome(request: HttpRequest) -> HttpResponse:
    """The first page of somebody invited: their name, and how they will sign in."""
    if request.user.joined_at is not None:
        return redirect("account")
    form = forms.Welcome(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        verbs.accept_invitation(
            person=request.user, name=form.cleaned_data["name"], by=request.user
        )
        return redirect(_next_step(form.cleaned_data["way"]))
    return render(request, "people/welcome.html", {"form": form})


def _next_step(way: str) -> str:
    if way == "passkey":
        return reverse("mfa_add_webauthn")
    if way == "password":
        return f"{reverse('account_set_password')}?next={reverse('mfa_activate_totp')}"
    return reverse("account")


# ------------------------------------------------------------------ by oneself


@login_not_required
def join(request: HttpRequest) -> HttpResponse:
    """Join the network: name, address, where one works. The same answer whoever is known."""
    if request.user.is_authenticated:
        return redirect("account")
    form = forms.Join(request.POST or None)
    if request.method == "POST" and not limits.count(
        "join", limits.address(request), most=60, seconds=60
    ):
        return errors.too_many(request)
    if request.method == "POST" and form.is_valid():
        request.session["joining"] = form.cleaned_data
        verbs.ask_to_join(email=form.cleaned_data["email"])
        return redirect("join-code")
    return render(request, "people/join.html", {"form": form})


@login_not_required
def join_code(request: HttpRequest) -> HttpResponse:
    """Type the code; then one is in."""
    told = request.session.get("joining")
    if told is None or request.user.is_authenticated:
        return redirect("join")
    form = forms.JoinCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.count("join_try", told["email"], most=5, seconds=15 * 60):
            return errors.too_many(request)
        if signin.code_fits(told["email"], form.cleaned_data["code"]):
            return _let_in(request, told)
        form.add_error("code", "This code does not fit. Look at the newest letter from us.")
    return render(request, "people/join_code.html", {"form": form, "email": told["email"]})


def _let_in(request: HttpRequest, told: dict[str, str]) -> HttpResponse:
    person = verbs.join_network(**told)
    request.session.pop("joining")
    record_authentication(request, person, method="code", email=person.email)
    return perform_login(request, person, redirect_url=reverse("network-me"))
