"""What people type to sign in, to join, and to look after posts and organisations."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm, SignupWebAuthnForm
from django import forms

from saidanddone.people import roles
from saidanddone.people.models import Organisation, Post, User
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles

ADDRESS = "E-mail address"
STRENGTH = "At least 12 characters. Three or four words that do not belong together work well."
CODE_HINT = "Eight letters, from the letter that we sent. Capitals and the dash do not matter."
STEP_HINT = "Six figures from your app, or one of your recovery codes."


def worded(form: forms.BaseForm, **words: tuple[str, str]) -> None:
    """Give fields our label and hint, and no placeholder: a label must stay when one types."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in words:
            field.label, field.help_text = words[name]
            field.error_messages["required"] = f"Fill in: {field.label.lower()}"


# ------------------------------------------------------------------ sign-in


class SignIn(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, login=(ADDRESS, ""), password=("Password", ""))
        self.fields["login"].error_messages["invalid"] = "Write the address like name@place.example"


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


class AddPasskey(SignupWebAuthnForm):
    """A name for the passkey, so that one knows later which device it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, name=("What do you call this device?", "For example: work phone."))
        self.fields["credential"].error_messages["required"] = "The device gave us no passkey. Try again."


class NamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, name=("What do you call this device?", "For example: work phone."))
        self.fields["name"].max_length = 60


# ------------------------------------------------------------------ joining


class Join(forms.Form):
    """Who joins the network, as they tell us themselves."""

    name = forms.CharField(label="Your name", max_length=200)
    email = forms.EmailField(label=ADDRESS, help_text="We send a code to it, once a day at most.")
    organisation = forms.CharField(
        label="Where do you work or volunteer?",
        max_length=160,
        help_text="A school, a charity, a team. Shown as you type it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class JoinCode(forms.Form):
    """The code that proves the address of somebody who joins."""

    code = forms.CharField(label="Code", help_text=CODE_HINT, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"short": True, "autocomplete": "one-time-code"}


class Welcome(forms.Form):
    """What an invited person tells us first."""

    WAYS = {
        "passkey": ("A passkey", "Your phone or computer asks for your finger, face or PIN. "
                    "Nothing to remember."),
        "password": ("A password and an app", "The app on your phone shows a code at each sign-in."),
        "code": ("A code by e-mail", "Enough to read what is public and to tick off an action. "
                 "For everything else add a passkey later."),
    }  # fmt: skip
    name = forms.CharField(label="Your name, as colleagues know it", max_length=200)
    way = forms.ChoiceField(
        label="How will you sign in?",
        choices=[(key, words) for key, (words, _) in WAYS.items()],
        widget=Tiles(hints={key: hint for key, (_, hint) in WAYS.items()}),
    )


class Name(forms.ModelForm):
    """One's own name."""

    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": "Your name, as colleagues know it"}


# ----------------------------------------------------- organisations and posts


class OrganisationForm(forms.ModelForm):
    """An organisation that works with us."""

    once = OnceField()

    class Meta:
        model = Organisation
        fields = ["name", "sector", "contact_name", "contact_email", "once"]
        labels = {
            "sector": "What kind of organisation is it?",
            "contact_name": "Who is the contact there?",
            "contact_email": "The contact’s e-mail address",
        }
        help_texts = {"contact_email": "Told when somebody there does not answer and has no lead."}
        widgets = {"sector": Tiles}
        error_messages = {"name": {"unique": "There is already an organisation of this name."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [
            choice for choice in Organisation.Sector.choices if choice[0] != "network"
        ]


class PostForm(forms.Form):
    """A post: where, as what, with which roles, from when to when."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none())
    title = forms.CharField(
        label="What is the post called?", max_length=200, help_text="For example: School nurse."
    )
    roles = forms.MultipleChoiceField(
        label="What may they do?",
        required=False,
        widget=Ticks,
        help_text="Leave all open for somebody who only sits on a board.",
    )
    lead = forms.ModelChoiceField(
        label="Who leads them?",
        queryset=Post.objects.none(),
        required=False,
        help_text="Told when an answer is late.",
    )
    starts_on = DayField(label="From", required=False, help_text="Today, if you leave it out.")
    ends_on = DayField(label="Until", required=False, help_text="Open, if you leave it out.")
    once = OnceField()

    def __init__(
        self, *args: Any, organisations: Any, leads: Any, givable: tuple[type[roles.Role], ...],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["lead"].queryset = leads
        choices = self.fields["roles"]
        choices.choices = [(role.code, role.name) for role in givable]
        choices.widget.hints = {role.code: role.sentence for role in givable}

    def clean_roles(self) -> list[str]:
        held = self.cleaned_data["roles"]
        for alone in roles.ALONE:
            if alone in held and len(held) > 1:
                name = roles.BY_CODE[alone].name
                raise forms.ValidationError(
                    f"A post with the role {name} carries no other role. Give a second post."
                )
        return held

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This day comes before the first. Choose a later one.")
        return cleaned


class InviteForm(PostForm):
    """Somebody to invite, and the post that waits for them."""

    field_order = ["name", "email", "organisation", "title", "roles", "lead", "starts_on", "ends_on"]
    name = forms.CharField(label="Their name", max_length=200)
    email = forms.EmailField(label="Their e-mail address", help_text="The invitation goes there.")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class ChangePost(PostForm):
    """What may change of a post; where it is and since when stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fixed in ("organisation", "starts_on", "once"):
            self.fields.pop(fixed)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("ends_on") and told["ends_on"] < self.initial["starts_on"]:
            self.add_error("ends_on", "The post began later than this day. Choose a later one.")
        return told


class EndPost(forms.Form):
    """Why a post ends."""

    why = forms.CharField(
        label="Why does it end?",
        max_length=500,
        widget=Brief,
        help_text="Kept with the post. For example: left the council on 30 April.",
    )
