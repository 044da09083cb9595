"""What people type to show who they are: allauth's forms in our words."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms

from saidanddone.people.forms.wording import ADDRESS, CODE_HINT, STEP_HINT, STRENGTH, worded

NO_PASSKEY = "The device gave us no passkey. Try again."


class SignIn(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, login=(ADDRESS, ""), password=("Password", ""))


class AskForCode(account.RequestLoginCodeForm):
    """The address that a code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, email=(ADDRESS, ""))


class TypeCode(account.ConfirmLoginCodeForm):
    """The code from the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=("Code", CODE_HINT))
        self.fields["code"].widget.attrs |= {"short": True, "autocapitalize": "characters"}


class TypePasswordCode(account.ConfirmPasswordResetCodeForm):
    """The code from the letter about a forgotten password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=("Code", CODE_HINT))
        self.fields["code"].widget.attrs |= {"short": True, "autocapitalize": "characters"}


class PasswordAgain(account.ReauthenticateForm):
    """The password once more, before a dangerous step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, password=("Password", ""))


class ForgotPassword(account.ResetPasswordForm):
    """The address that a code for a new password goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, email=(ADDRESS, ""))


def one_new_password(form: forms.BaseForm) -> None:
    """A new password is typed once: it can be shown, and a code by e-mail mends a slip."""
    form.fields.pop("password2")
    worded(form, oldpassword=("Present password", ""), password1=("New password", STRENGTH))


class SetPassword(account.SetPasswordForm):
    """A first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_new_password(self)


class ChangePassword(account.ChangePasswordForm):
    """Another password in place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_new_password(self)


class NewPassword(account.ResetPasswordKeyForm):
    """A new password in place of a forgotten one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_new_password(self)


class SecondStep(mfa.AuthenticateForm):
    """The code that an app shows, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=("Code", STEP_HINT))
        self.fields["code"].widget.attrs |= {"short": True, "inputmode": "numeric"}


class SecondStepAgain(mfa.ReauthenticateForm):
    """The same, before a dangerous step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=("Code", STEP_HINT))
        self.fields["code"].widget.attrs |= {"short": True, "inputmode": "numeric"}


class AddApp(ActivateTOTPForm):
    """The first code of a new authenticator app, to see that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=("Code", "The six figures that the app shows now."))
        self.fields["code"].widget.attrs |= {"short": True, "inputmode": "numeric"}


def passkey_field() -> forms.JSONField:
    """What the script puts in: the browser's own account of a passkey."""
    told = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=told)


class AddPasskey(SignupWebAuthnForm):
    """A name for the passkey, so that one knows later which device it is."""

    credential = passkey_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, name=("What do you call this device?", "For example: work phone."))
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        return readable(super().clean)


class PasskeyIn(LoginWebAuthnForm):
    """A passkey in place of address and password."""

    credential = passkey_field()

    def clean_credential(self) -> Authenticator:
        return readable(super().clean_credential)


class PasskeyStep(AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    credential = passkey_field()

    def clean_credential(self) -> Authenticator:
        return readable(super().clean_credential)


class PasskeyAgain(ReauthenticateWebAuthnForm):
    """A passkey once more, before a dangerous step."""

    credential = passkey_field()

    def clean_credential(self) -> Authenticator:
        return readable(super().clean_credential)


def readable(read: Callable[[], Any]) -> Any:
    """What a browser says of a passkey; anything that is not a passkey at all is told as that."""
    try:
        return read()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error) as broken:
        raise forms.ValidationError(NO_PASSKEY) from broken


class NamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, name=("What do you call this device?", "For example: work phone."))
        self.fields["name"].max_length = 60
