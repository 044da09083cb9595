"""Forms of the meeting itself: who is here, what they declare, what is said."""

from typing import Any, NamedTuple

from django import forms

from saidanddone.governance.models import (
    Appointment,
    Attendance,
    Correction,
    Declaration,
    Meeting,
    Seat,
    Vote,
)
from saidanddone.governance.models.interests import Kind
from saidanddone.ui.filters import day
from saidanddone.ui.forms import Brief, OnceField, Tiles

How = Attendance.How
HOWS = [("", "Not marked"), *How.choices]
MOST_WORDS = 40_000
MOST_VERSIONS = 2_000_000_000  # as far as a column of whole numbers reaches


class MinuteSaveForm(forms.Form):
    """What was said at an item, with the version that its writer saw."""

    minute = forms.CharField(max_length=MOST_WORDS, required=False, strip=False)
    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS)
    beside = forms.IntegerField(required=False, min_value=0, max_value=MOST_VERSIONS)
    once = forms.UUIDField(required=False)


class SettleForm(forms.Form):
    """What becomes of a text that waits beside a minute."""

    choice = forms.ChoiceField(choices=[(one, one) for one in ("take", "both", "aside")])
    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS)


class Row(NamedTuple):
    """One line of the sheet: whom it is about, their seat, and the field that marks them."""

    who: str
    part: str
    seat: Seat
    field: Any


class SheetForm(forms.Form):
    """Who is here: a choice for each person, a number for a seat that is counted.

    Only what somebody changed is sent on, so that two clerks may keep one sheet.
    """

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[str, str, Seat, int | None]] = []
        for seat in seats:
            if seat.count > 1:
                self._count(seat)
            for person in seat.people if seat.count == 1 else []:
                self._mark(seat, person)

    def _count(self, seat: Seat) -> None:
        name = f"came_{seat.pk}"
        self.fields[name] = forms.IntegerField(
            label=f"How many came, of {seat.count}", min_value=0, max_value=seat.count,
            required=False, initial=seat.came, show_hidden_initial=True,
            widget=forms.NumberInput(attrs={"short": True}),
        )  # fmt: skip
        self.rows.append((name, "", seat, None))

    def _mark(self, seat: Seat, person: dict) -> None:
        name = f"how_{person['id']}"
        who = person["name"] or person["pseudonym"]
        self.fields[name] = forms.ChoiceField(
            label=f"{who}, {seat.title}", choices=HOWS, required=False,
            initial=person["how"] or "", show_hidden_initial=True,
        )  # fmt: skip
        self.rows.append((name, person["part"], seat, person["id"]))

    def lines(self) -> list[Row]:
        """The sheet as it is drawn."""
        return [
            Row(self.fields[name].label.rpartition(",")[0], part, seat, self[name])
            for name, part, seat, _ in self.rows
        ]

    def changes(self) -> list[tuple[Seat, int | None, str, int]]:
        """Seat, appointment, how and how many, of those lines that were changed."""
        found = []
        for name, _, seat, appointment in self.rows:
            if name not in self.changed_data:
                continue
            value = self.cleaned_data[name]
            how = value if appointment else (How.PRESENT if value else "")
            found.append((seat, appointment, how, 1 if appointment else value or 0))
        return found


class AttendeeForm(forms.Form):
    """Somebody who stands in on the day, or a guest."""

    named = forms.CharField(label="Name and office", max_length=160)
    seat = forms.TypedChoiceField(label="For which seat", required=False, empty_value=None)
    how = forms.ChoiceField(label="How", choices=How.choices[:2], initial=How.PRESENT)
    once = OnceField()

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(seat.pk): seat for seat in seats}
        field = self.fields["seat"]
        field.choices = [
            ("", "None: a guest"), *((pk, seat.title) for pk, seat in known.items())
        ]  # fmt: skip
        field.coerce = known.get


class QuorumForm(forms.Form):
    """What the chair declares about the quorum."""

    quorate = forms.TypedChoiceField(
        label="What the chair declares", coerce=lambda value: value == "yes",
        choices=[("yes", "Enough are here to decide"), ("no", "Too few: the meeting recommends")],
        widget=Tiles(attrs={"class": "choices--small"}),
    )  # fmt: skip
    note = forms.CharField(
        label="In the chair’s words", max_length=300, required=False,
        help_text="For the minutes, like “until 3.15pm, when two members left”.",
    )  # fmt: skip


class DeclaredForm(forms.Form):
    """An interest that somebody declares at an item, and what the chair says to it."""

    who = forms.TypedChoiceField(label="Who", required=False, coerce=int, empty_value=None)
    named = forms.CharField(label="Or somebody else, by name", max_length=160, required=False)
    kind = forms.ChoiceField(label="Kind of interest", choices=Kind.choices)
    nature = forms.CharField(label="What it is", max_length=300)
    private = forms.BooleanField(
        label="It concerns somebody else, such as a child", required=False,
        help_text="Then the minutes tell its kind alone.",
    )  # fmt: skip
    action = forms.ChoiceField(
        label="What the chair says", required=False,
        choices=[("", "Not said yet"), *Declaration.Action.choices],
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {
            person["post"]: f"{person['name']}, {person['title']}"
            for seat in seats for person in seat.people if person["post"]
        }  # fmt: skip
        self.fields["who"].choices = [("", "Choose a person"), *people.items()]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("who") and not typed.get("named"):
            self.add_error("who", "Choose who it is, or write the name")
        return typed


class ActOnInterestForm(forms.Form):
    """What follows from a declared interest."""

    action = forms.ChoiceField(label="What the chair says", choices=Declaration.Action.choices)


class CorrectionForm(forms.Form):
    """What a member asks to have put right."""

    text = forms.CharField(
        label="What should it say?", max_length=5000, widget=Brief(rows=4),
        help_text="What is wrong, and how it was. The clerk answers you.",
    )  # fmt: skip
    once = OnceField()


class MakeCorrectionForm(forms.Form):
    """How something is put right."""

    minute = forms.CharField(
        label="The minute as it now reads", max_length=MOST_WORDS, widget=Brief(rows=8),
        strip=False,
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_VERSIONS)
    answer = forms.CharField(
        label="A word to whoever asked", max_length=500, required=False, widget=Brief(rows=2)
    )

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if correction.item is None:
            del self.fields["minute"], self.fields["seen"]
            self.fields["answer"].required = True
            self.fields["answer"].label = "What was put right"
        else:
            item = correction.item
            self.initial = {"minute": item.minute, "seen": item.minute_version}


class ApproveForm(forms.Form):
    """At which meeting minutes were agreed, and with what changes."""

    at = forms.TypedChoiceField(label="Agreed at the meeting of")
    amendments = forms.CharField(
        label="What the meeting changed", max_length=5000, required=False, widget=Brief(rows=3),
        help_text="In words, like “At item 4, read June for May”. It stands above the minutes.",
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.pk): one for one in meetings}
        self.fields["at"].choices = [(pk, day(one.on)) for pk, one in known.items()]
        self.fields["at"].coerce = known.get


class YoungForm(forms.Form):
    """An item and what came of it, told to young people."""

    young_title = forms.CharField(label="Its title, in plain words", max_length=200, required=False)
    plain = forms.CharField(
        label="What it is about, in one plain sentence", max_length=500, required=False,
        widget=Brief(rows=2),
    )  # fmt: skip
    young_minute = forms.CharField(
        label="What came of it", max_length=2000, required=False, widget=Brief(rows=4),
        help_text="What was said and decided, who does what, and by when.",
    )  # fmt: skip


class VotesForm(forms.Form):
    """How each seat voted on a decision."""

    def __init__(
        self, *args: Any, people: list[Appointment], known: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for one in people:
            who = one.post.user.name if one.post else one.pseudonym
            self.fields[f"vote_{one.pk}"] = forms.ChoiceField(
                label=f"{who}, {one.seat.title}", required=False, initial=known.get(one.pk, ""),
                choices=[("", "Not recorded"), *Vote.How.choices],
            )  # fmt: skip

    def votes(self) -> dict[Appointment, str]:
        """What was chosen, by who sits there."""
        return {one: self.cleaned_data[f"vote_{one.pk}"] for one in self.people}
