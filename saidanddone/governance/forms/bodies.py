"""Forms for bodies, their seats and who sits in them."""

from typing import Any

from django import forms

from saidanddone.governance import permissions
from saidanddone.governance.models import Appointment, Body, Seat
from saidanddone.people.models import Organisation, Post, User
from saidanddone.people.permissions import visible_organisations, visible_posts
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles

NEEDS_PARENT = "A task-and-finish group works for another body. Choose the one it answers to"
NEEDS_END = "A task-and-finish group comes to an end. Give its last day"
DEEPEST = 9  # bodies that answer to each other; nobody has more
IN_A_RING = "That body answers to this one. Choose another, or leave it out"
SECTORS = [
    choice for choice in Organisation.Sector.choices if choice[0] != Organisation.Sector.NETWORK
]


class BodyForm(forms.Form):
    """A board, group or forum."""

    name = forms.CharField(label="Name", max_length=160)
    short_name = forms.RegexField(
        r"^[\w&’' -]+$", label="Short name", max_length=40,
        help_text="It begins the number of each decision, as in CSPB/2026/014.",
        error_messages={"invalid": "Use letters and figures only, as in CSPB"},
    )  # fmt: skip
    kind = forms.ChoiceField(label="What it is", choices=Body.Kind.choices)
    purpose = forms.CharField(
        label="What it is for", max_length=2000, widget=Brief(),
        help_text="Two or three plain sentences. Everybody can read them.",
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        label="Answers to", queryset=None, required=False, empty_label="No other body here"
    )
    reports_voice_to = forms.ModelChoiceField(
        label="What children raise here goes to", queryset=None, required=False,
        empty_label="Decided each time",
    )  # fmt: skip
    quorum = forms.IntegerField(
        label="Seats that must be held by somebody who is there to decide", min_value=0,
        max_value=200, initial=0,
    )  # fmt: skip
    quorum_sectors = forms.MultipleChoiceField(
        label="And somebody from each of these", choices=SECTORS, widget=Ticks(), required=False,
        help_text="Whatever the number, it cannot decide without them.",
    )  # fmt: skip
    meets_in_private = forms.BooleanField(
        label="Times, places and links are only for those invited", required=False,
        help_text="For the Children in Care Council, the Care Leavers’ Forum and the like.",
    )  # fmt: skip
    ends_on = DayField(label="Last day, if its time is limited", required=False)
    once = OnceField()

    def __init__(self, *args: Any, user: User, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = permissions.visible_bodies(user).exclude(pk=body.pk if body else None)
        for name in ("parent", "reports_voice_to"):
            self.fields[name].queryset = others
        if body:
            del self.fields["once"]
            self.initial = {name: getattr(body, name) for name in self.fields} | self.initial
        self.body = body

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("kind") == Body.Kind.TASK:
            if not typed.get("parent") and "parent" not in self.errors:
                self.add_error("parent", NEEDS_PARENT)
            if not typed.get("ends_on") and "ends_on" not in self.errors:
                self.add_error("ends_on", NEEDS_END)
        above, steps = typed.get("parent"), 0
        while self.body and above is not None and steps < DEEPEST:
            if above.pk == self.body.pk:
                self.add_error("parent", IN_A_RING)
                break
            above, steps = above.parent, steps + 1
        return typed


class SeatForm(forms.Form):
    """A place on a body."""

    title = forms.CharField(
        label="Office", max_length=160, help_text="As in: Director of Public Health"
    )
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=None, required=False, empty_label="None"
    )
    sector = forms.ChoiceField(
        label="Sector", choices=[("", "That of its organisation"), *SECTORS], required=False,
        help_text="Only for a seat without an organisation.",
    )  # fmt: skip
    count = forms.IntegerField(label="How many places", min_value=1, max_value=200, initial=1)
    needed_for_quorum = forms.BooleanField(
        label="Without this seat it cannot decide", required=False
    )
    ends_on = DayField(
        label="Last day of this seat", required=False,
        help_text="Only if the seat goes. Whoever sits there leaves with it.",
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, user: User, seat: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = visible_organisations(user)
        if seat is None:
            del self.fields["ends_on"]
            return
        del self.fields["once"]
        self.initial = {name: getattr(seat, name) for name in self.fields} | self.initial


class PostChoice(forms.ModelChoiceField):
    """Somebody in a post, by name and organisation."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}, {post.organisation.name}"


class AppointForm(forms.Form):
    """Somebody in a seat: a grown-up through a post, a young person by a pseudonym."""

    post = PostChoice(label="Who", queryset=None, required=False, empty_label="Choose a person")
    pseudonym = forms.CharField(
        label="Or a young person, by a pseudonym", max_length=60, required=False,
        help_text="Never their own name. Only you and participation workers see it.",
    )  # fmt: skip
    part = forms.ChoiceField(
        label="Their part", choices=Appointment.Part.choices, initial=Appointment.Part.MEMBER,
        widget=Tiles(),
    )  # fmt: skip
    starts_on = DayField(label="From", required=False, help_text="Leave this out for today.")
    ends_on = DayField(label="Until", required=False)
    open_office = forms.CharField(
        label="An elected office that the young person holds openly", max_length=120,
        required=False, help_text="As in: Member of Youth Parliament. It is shown to everybody.",
    )  # fmt: skip
    permission_note = forms.CharField(
        label="Who gave permission to show it, and when", max_length=300, required=False
    )
    once = OnceField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = visible_posts(user).order_by("user__name", "pk")

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if bool(typed.get("post")) == bool(typed.get("pseudonym")):
            self.add_error("post", "Choose a person, or give a young person’s pseudonym")
        if typed.get("open_office") and not typed.get("permission_note"):
            self.add_error("permission_note", "Say who gave permission to show the office")
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Choose a last day that comes after the first")
        return typed
