"""allauth's own pages where a proof is given: afterwards the session knows it.

They are classes because allauth's are, and each adds one line to its parent.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.views import LoginView, PasswordSetView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from markupsafe import Markup

from saidanddone.people import permissions, signin, verbs

NULL = str(None)  # what allauth makes of a subject that is null: everybody's, so nobody's


def with_invitation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A first passkey or app is added by whoever came by their invitation; others learn how to."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.session.get("invitation")
        invitation = permissions.sent_invitations().filter(token=token).first() if token else None
        if not permissions.may_add_step(request.user, invitation):
            return render(request, "people/needs_invitation.html", status=403)
        return view(request, *args, **kwargs)

    return asked


class SignIn(LoginView):
    """All ways in, councils' own directories among them."""

    def get_context_data(self, **kwargs: Any) -> dict:
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        named = [(app["provider_id"], app["name"]) for app in apps]
        return super().get_context_data(**kwargs) | {"directories": named}


class SetPassword(PasswordSetView):
    """A first password: typing it is proof enough to add a second step right after."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        reauthenticate_by_password(self.request)
        return response


class AddApp(ActivateTOTPView):
    """An authenticator app: the code that shows that it works also makes this session strong."""

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        address = get_adapter().build_totp_url(self.request.user, context["form"].secret)
        drawn = segno.make(address, error="m", micro=False).svg_inline(
            scale=4,
            border=4,
            dark="#000",
            light="#fff",
            omitsize=True,
            svgclass="qr",
            lineclass=None,
        )
        return context | {"square": Markup(drawn)}  # noqa: S704 -- drawn by us, letters encoded

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        signin.prove(self.request, self.request.user, Authenticator.Type.TOTP)
        verbs.add_second_step(person=self.request.user, by=self.request.user)
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey that needs no password beside it; making it makes this session strong."""

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        form = kwargs.get("form") or self.get_form()
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"form": form, "js_data": {"creation_options": options}}

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        signin.prove(self.request, self.request.user, Authenticator.Type.WEBAUTHN)
        verbs.add_second_step(person=self.request.user, by=self.request.user)
        return response


class Directory(OpenIDConnectOAuth2Adapter):
    """A council's directory; one whose answer says of nobody who they are is refused in words."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            login = super().complete_login(request, app, token, **kwargs)
        except (KeyError, ValueError, ImproperlyConfigured) as unusable:
            raise OAuth2Error("The answer names nobody whom we could keep.") from unusable
        if login.account.uid.strip() in {"", NULL}:
            raise OAuth2Error("The answer names nobody.")
        return login


@login_not_required
def back_from_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where a directory sends those who have signed in with it."""
    try:
        return OAuth2CallbackView.adapter_view(Directory(request, provider_id))(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown


@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left; looking at them changes nothing."""
    return render(request, "mfa/recovery_codes/index.html", {"codes": codes_left(request)})


@reauthentication_required(app="allauth.mfa")
def recovery_codes_as_file(request: HttpRequest) -> HttpResponse:
    """The same, to keep or print."""
    text = render_to_string(
        "mfa/recovery_codes/download.txt", {"codes": codes_left(request)}, request
    )
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


def codes_left(request: HttpRequest) -> list[str]:
    """The unused recovery codes of whoever is signed in; 404 if they never had any."""
    kind = Authenticator.Type.RECOVERY_CODES
    return get_object_or_404(request.user.authenticator_set, type=kind).wrap().get_unused_codes()


sign_in = SignIn.as_view()
set_password = SetPassword.as_view()
add_app = with_invitation(AddApp.as_view())
add_passkey = with_invitation(AddPasskey.as_view())
