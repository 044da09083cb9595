"""Our house told to allauth: its words, its letters, and whom it lets in.

allauth calls these methods with arguments of its own choosing; some are of no use here (ARG002).
"""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from saidanddone.audit.verbs import record
from saidanddone.mail.verbs import Recipient, write
from saidanddone.people.models import User
from saidanddone.people.signin import sessions
from saidanddone.reference.models import partnership

TOO_MANY = "Too many tries. Wait five minutes, then try again."
WRONG_CODE = "This code does not fit. Look at the newest letter, or have another code sent."
WRONG_STEP = "That does not fit. Type the code that your app shows now, or try your passkey again."
NOTES = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "account/messages/password_set.txt": "Your password is set.",
    "mfa/messages/totp_activated.txt": "Your app is added. We will ask for its code at sign-in.",
    "mfa/messages/totp_deactivated.txt": "Your app is removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "Your passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. Keep them safe.",
}
# What we write when something about somebody's sign-in has changed.
CHANGES = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_set": "A password was set for your account.",
    "account/email/password_reset": "Your password was changed by a code sent to this address.",
    "mfa/email/totp_activated": "An authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
    "socialaccount/email/account_connected": "You can now sign in with your organisation’s own "
    "account.",
}
CODES = {
    "account/email/login_code": ("sign_in_code", "Your code to sign in"),
    "account/email/password_reset_code": ("password_code", "Your code for a new password"),
}


class Backend(AuthenticationBackend):
    """Finds the person of a session together with their live posts, in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.with_posts().filter(pk=user_id).first()
        return user if user is not None and user.is_active else None


class Accounts(DefaultAccountAdapter):
    """Passwords, codes and sessions; nobody opens an account through allauth itself."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "Address and password do not fit together. Check both, or have "
        "a code sent instead.",
        "enter_current_password": "This is not your present password.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        user.backend = settings.AUTHENTICATION_BACKENDS[0]
        super().login(request, user)
        sessions.begin(request, user)
        user.acting_for = sessions.act_in(request.session, user)
        record("sign_in", user, by=user)

    def logout(self, request: HttpRequest) -> None:
        record("sign_out", request.user, by=request.user)
        sessions.forget_messages(request)
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.joined_at is None:
            return reverse("welcome")
        if (
            not request.user.posts_now
        ):  # a family's own door; whoever has none goes on to the account
            return "/our-story/"
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """Whoever has a second step or a passkey proves themselves by it, never by the password."""
        methods = super().get_reauthentication_methods(user)
        surer = [method for method in methods if method["id"] != "reauthenticate"]
        surer.sort(key=lambda method: "webauthn" not in method["id"])  # a passkey first
        names = {"reauthenticate": "Use your password", "mfa_reauthenticate": "Use a code",
                 "mfa_reauthenticate:webauthn": "Use your passkey"}  # fmt: skip
        return [method | {"description": names[method["id"]]} for method in surer or methods]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own sentences; what the next page shows anyway is not said twice."""
        words = message or NOTES.get(message_template or "", "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters that allauth asks for, as ours: a code letter holds the code, nothing else."""
        if template_prefix in CODES:
            kind, subject = CODES[template_prefix]
            to = Recipient(email, fill={"code": context["code"]})
            write(kind, subject, "people/emails/code.txt", about="", to=[to])
        elif template_prefix in CHANGES:
            write(
                "sign_in_changed", "Your sign-in has changed", "people/emails/sign_in_changed.txt",
                about="", to=[email], change=CHANGES[template_prefix],
                contact=partnership().contact_email,
            )  # fmt: skip


class SecondSteps(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes; their secrets are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_STEP,
        "cannot_generate_recovery_codes": "Add an app or a passkey first.",
    }

    def encrypt(self, text: str) -> str:
        return _boxes().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _boxes().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's own name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def _get_site_name(self) -> str:
        return partnership().short_name


def _boxes() -> MultiFernet:
    """One key from each secret of this place: the present one seals, the older ones still open."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(f"second steps {secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class Directories(DefaultSocialAccountAdapter):
    """Councils' own directories, by OpenID Connect: off by default, and only for known people."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the directory's person to ours by an address that the directory may vouch for."""
        if sociallogin.is_existing:
            return
        domains = sociallogin.provider.app.settings.get("verified_email") or []
        for address in sociallogin.email_addresses:
            if address.email.rpartition("@")[2].lower() in domains:
                user = User.objects.filter(email__iexact=address.email, is_active=True).first()
                if user is not None:
                    sociallogin.connect(request, user)
                    return
