"""Forms for what stands on an agenda."""

from typing import Any

from django import forms

from saidanddone.governance import permissions, states
from saidanddone.governance.forms.bodies import PostChoice
from saidanddone.governance.forms.papers import LateWhy
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_posts
from saidanddone.ui.filters import day
from saidanddone.ui.forms import Brief, OnceField, Tiles

Kind = AgendaItem.Kind
KIND_ICONS = {Kind.VOICE.value: "said"}


class ProposeForm(forms.Form):
    """Something that asks for a place on an agenda."""

    kind = forms.ChoiceField(
        label="What it is", choices=Kind.choices, initial=Kind.DISCUSSION,
        widget=Tiles(icons=KIND_ICONS),
    )  # fmt: skip
    title = forms.CharField(label="Title", max_length=200)
    wording = forms.CharField(
        label="What is to be discussed", max_length=20_000, widget=Brief(rows=5), required=False,
        help_text="For what children say: the wording that they agreed.",
    )  # fmt: skip
    plain = forms.CharField(
        label="What it means for children, in one plain sentence", max_length=500, required=False
    )
    restricted = forms.BooleanField(
        label="Only for those who sit on it", required=False,
        help_text="Nobody else will see that this item exists.",
    )  # fmt: skip
    restricted_why = forms.CharField(
        label="Why it is not open", max_length=300, required=False,
        help_text="Needed only if it is for those who sit on it.",
    )  # fmt: skip
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        voice = (typed.get("kind") or self.initial.get("kind")) == Kind.VOICE
        if voice and "wording" in self.fields and not (typed.get("wording") or "").strip():
            self.add_error("wording", "Write what children say, in the wording that they agreed")
        if typed.get("restricted") and not typed.get("restricted_why"):
            self.add_error("restricted_why", "Say why it is not open")
        return typed


class ItemForm(ProposeForm):
    """An item that the clerk puts on an agenda, or changes there."""

    lead = PostChoice(
        label="Who leads it", queryset=None, required=False, empty_label="Nobody by name"
    )
    minutes_allotted = forms.IntegerField(label="Minutes", min_value=1, max_value=480, initial=10)
    closing = forms.BooleanField(
        label="Keep it at the end", required=False,
        help_text="For any other business and the like. New items go before it.",
    )  # fmt: skip
    late_why = LateWhy()
    field_order = ("kind", "title", "wording", "plain", "lead", "minutes_allotted", "late_why",
                   "closing", "restricted", "restricted_why")  # fmt: skip

    def __init__(
        self, *args: Any, user: User, item: AgendaItem | None = None, late: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_why"]
        self.fields["lead"].queryset = visible_posts(user).order_by("user__name", "pk")
        if item is None:
            return
        del self.fields["once"]
        if item.is_voice:  # what children say stays that, and its words follow their thread
            del self.fields["kind"]
            if item.origin_path:
                del self.fields["title"], self.fields["wording"]
        else:
            kinds = [choice for choice in Kind.choices if choice[0] != Kind.VOICE]
            self.fields["kind"].choices = kinds
        self.initial = {name: getattr(item, name) for name in self.fields} | self.initial

    def only_voices(self) -> None:
        """For a participation worker, who places what children say and nothing else."""
        self.fields["kind"].choices = [(Kind.VOICE.value, Kind.VOICE.label)]
        self.initial["kind"] = Kind.VOICE

    def only_plain_words(self) -> None:
        """For whoever looks after the thread: title and wording are changed there, not here."""
        self.fields = {"plain": self.fields["plain"]}


class MeetingChoice(forms.ModelChoiceField):
    """A meeting of a body, by its day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        out = ", agenda is out" if meeting.state == states.PUBLISHED else ""
        return f"{day(meeting.on)}{out}" if meeting.on else "Day not known"


class AcceptForm(forms.Form):
    """On which agenda a proposal goes."""

    meeting = MeetingChoice(label="Meeting", queryset=None, empty_label=None)

    late_why = LateWhy(
        required=False, help_text="Only if that agenda is out. Everybody who reads it reads this."
    )

    def __init__(self, *args: Any, user: User, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = permissions.visible_meetings(user).to_come().filter(body=body)
        self.fields["meeting"].queryset = coming
        if not coming.filter(state=states.PUBLISHED).exists():
            del self.fields["late_why"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        meeting = typed.get("meeting")
        if meeting and meeting.state == states.PUBLISHED and not typed.get("late_why"):
            self.add_error("late_why", "That agenda is out: say why this comes late")
        return typed


class ReasonForm(forms.Form):
    """A reason that is kept."""

    why = forms.CharField(label="Why", max_length=500, widget=Brief())

    def __init__(self, *args: Any, label: str = "Why", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label, self.fields["why"].help_text = label, help_text
