"""What people type to sign in, to join, and to look after posts and organisations."""

from saidanddone.people.forms.joining import (
    Join,
    JoinCode,
    Name,
    Welcome,
)
from saidanddone.people.forms.network import MemberSearch, ProfileForm, WriteForm
from saidanddone.people.forms.posts import (
    ChangePost,
    EndPost,
    InviteForm,
    OrganisationForm,
    PostForm,
)
from saidanddone.people.forms.registers import RegisterForm
from saidanddone.people.forms.signing_in import (
    AddApp,
    AddPasskey,
    AskForCode,
    ChangePassword,
    ForgotPassword,
    NamePasskey,
    NewPassword,
    PasskeyAgain,
    PasskeyIn,
    PasskeyStep,
    PasswordAgain,
    SecondStep,
    SecondStepAgain,
    SetPassword,
    SignIn,
    TypeCode,
    TypePasswordCode,
)

__all__ = [
    "AddApp",
    "AddPasskey",
    "AskForCode",
    "ChangePassword",
    "ChangePost",
    "EndPost",
    "ForgotPassword",
    "InviteForm",
    "Join",
    "JoinCode",
    "MemberSearch",
    "Name",
    "NamePasskey",
    "NewPassword",
    "OrganisationForm",
    "PasskeyAgain",
    "PasskeyIn",
    "PasskeyStep",
    "PasswordAgain",
    "PostForm",
    "ProfileForm",
    "RegisterForm",
    "SecondStep",
    "SecondStepAgain",
    "SetPassword",
    "SignIn",
    "TypeCode",
    "TypePasswordCode",
    "Welcome",
    "WriteForm",
]
