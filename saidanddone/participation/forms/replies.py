"""What is typed to answer an issue, to judge for a group, and to finish."""

from typing import Any

from django import forms

from saidanddone.governance import permissions as governance
from saidanddone.governance.models import Body, Meeting
from saidanddone.governance.states import CANCELLED
from saidanddone.participation import permissions
from saidanddone.participation.forms.issues import (
    LONG,
    About,
    MeetingField,
    PostField,
    posts_that_answer,
)
from saidanddone.participation.forms.tell_us import LineField, WordsField
from saidanddone.participation.models import Happened, Reply
from saidanddone.reference.models import partnership
from saidanddone.ui import reading
from saidanddone.ui.forms import Brief, DayField, OnceField, Tiles

TEXTS = ("said", "decided", "why", "could_not", "next")


class ReplyForm(About):
    """The parts of an answer. `sending` asks that it can be read by those it is for."""

    kind = forms.ChoiceField(
        label="What do you answer?",
        choices=[
            (Reply.Kind.REPLY, "This is what we do"), (Reply.Kind.REFUSAL, "We can’t, because"),
        ],
        widget=Tiles(), initial=Reply.Kind.REPLY,
    )  # fmt: skip
    said = WordsField(
        label="What you said",
        max_length=LONG,
        widget=Brief(),
        help_text="Say it back to them, so that they see you have listened.",
    )
    decided = WordsField(
        label="What we decided",
        max_length=LONG,
        widget=Brief(),
        help_text="Yes, no or partly comes first.",
    )
    why = WordsField(label="Why", max_length=LONG, widget=Brief(), help_text="The true reason.")
    could_not = WordsField(
        label="What we could not do", max_length=LONG, widget=Brief(rows=2), required=False
    )
    next = WordsField(
        label="What happens next",
        max_length=LONG,
        widget=Brief(rows=2),
        required=False,
        help_text="Who does what. They see how far it is on their own page.",
    )
    by_when = DayField(label="By when", required=False, help_text="Like 4 December.")
    promise_what = LineField(
        label="What is promised, in one line",
        max_length=400,
        required=False,
        help_text="It becomes an action of the person below. The thread ends when it is done.",
    )
    promise_owner = PostField(
        label="Who does it", required=False, empty_label="Nothing is promised"
    )
    who = LineField(
        label="Who answers", max_length=160, help_text="The name that they know, and what you do."
    )
    above_age_why = LineField(
        label="Why can it not be simpler?",
        max_length=400,
        required=False,
        help_text="Only if it is harder to read than our limit. The reason is kept.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = OnceField()

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending

    def choose(self) -> None:
        self.fields["promise_owner"].queryset = posts_that_answer(self.user)
        if "reply_to_issue" not in permissions.issue_verbs(self.user, self.issue):
            kind = self.fields["kind"]  # before anybody has it, only a no can be said
            kind.choices = [one for one in kind.choices if one[0] == Reply.Kind.REFUSAL]
            self.initial.setdefault("kind", Reply.Kind.REFUSAL)

    def reading(self) -> reading.Reading:
        """How hard the words are as they stand, valid or not."""
        return reading.read(*(str(self[name].value() or "") for name in TEXTS))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._promise_whole(data)
        limit = partnership().reading_age
        hard = self.sending and self.reading().age > limit
        if hard and not data.get("above_age_why", "").strip():
            self.add_error(
                "above_age_why",
                f"It reads like a text for age {self.reading().age:.0f}, and we write for {limit}. "
                "Make it simpler, or say why it cannot be",
            )
        return data

    def _promise_whole(self, data: dict[str, Any]) -> None:
        if data.get("kind") == Reply.Kind.REFUSAL:
            data.update(promise_what="", promise_owner=None)
        if not (data.get("promise_what") or data.get("promise_owner")):
            return
        missing = {
            "promise_what": "Write what is promised",
            "promise_owner": "Choose who does it",
            "by_when": "Say by when",
        }
        for name, cure in missing.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, cure)

    def written(self) -> dict[str, Any]:
        """The parts by the names that a reply gives them."""
        aside = {"kind", "version", "once"}
        return {name: value for name, value in self.cleaned_data.items() if name not in aside}


class GroupJudgementForm(About):
    """How a group counted."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Which group?", empty_label="Choose the group"
    )
    meeting = MeetingField(
        Meeting.objects.none(),
        label="At which meeting?",
        required=False,
        empty_label="Not at a meeting",
    )
    fair = forms.IntegerField(label="Fair", min_value=0, max_value=2000, initial=0)
    not_fair = forms.IntegerField(label="Not fair", min_value=0, max_value=2000, initial=0)
    not_said = forms.IntegerField(label="Did not say", min_value=0, max_value=2000, initial=0)
    because = WordsField(
        label="Why, if it is not fair",
        max_length=2000,
        required=False,
        widget=Brief(),
        help_text="What the group said, without names: it stands in public. With a reason "
        "somebody else looks again.",
    )

    def choose(self) -> None:
        groups = governance.visible_bodies(self.user).filter(kind=Body.Kind.YOUNG, ends_on=None)
        raised = self.issue.raised_at_body_id
        groups |= governance.visible_bodies(self.user).filter(pk=raised)
        self.fields["body"].queryset = groups.order_by("name")
        self.initial.setdefault("body", raised)
        held = governance.visible_meetings(self.user).exclude(state=CANCELLED)
        held = held.filter(body__in=groups, source="").select_related("body")
        self.fields["meeting"].queryset = held.order_by("-on", "-pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["fair"] + data["not_fair"] + data["not_said"]):
            self.add_error("fair", "Count at least one person")
        return data


class FinishForm(About):
    """That what was promised is done, or why it is dropped."""

    dropped_why = WordsField(
        label="If it will not be done: why?",
        max_length=2000,
        required=False,
        widget=Brief(),
        help_text="Leave this empty if it is done. Those who raised it read the reason.",
    )


class GroupHappenedForm(About):
    """What a group says: did it happen?"""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Which group says it?", empty_label="Choose the group"
    )
    answer = forms.ChoiceField(
        label="Did it happen?", choices=Happened.Answer.choices, widget=Tiles()
    )
    because = WordsField(
        label="What else did they say?", max_length=2000, required=False, widget=Brief()
    )

    def choose(self) -> None:
        groups = governance.visible_bodies(self.user).filter(kind=Body.Kind.YOUNG, ends_on=None)
        raised = self.issue.raised_at_body_id
        groups |= governance.visible_bodies(self.user).filter(pk=raised)
        self.fields["body"].queryset = groups.order_by("name")
        self.initial.setdefault("body", raised)
