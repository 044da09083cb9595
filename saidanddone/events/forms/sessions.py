"""What the clerk types about sessions and series."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from saidanddone.events import states
from saidanddone.events.forms.bookings import SECTORS
from saidanddone.events.models import Series, Session
from saidanddone.events.permissions import possible_presenters, visible_series
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Topic
from saidanddone.ui.forms import Brief, ClockField, DayField, NameField, OnceField, Ticks, Tiles


class SessionFilter(forms.Form):
    """What to look for among sessions."""

    q = forms.CharField(label="Search sessions", max_length=120, required=False)


class PresenterChoice(forms.ModelChoiceField):
    """Somebody in a post, by name and organisation."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}, {post.organisation.name}"


class SessionForm(forms.Form):
    """A session: what, by whom, for whom, when, where, and for how many."""

    title = forms.CharField(label="Title", max_length=160)
    about = forms.CharField(
        label="In one sentence", max_length=300, widget=Brief(rows=2),
        help_text="As in: one hour at lunch to learn how to notice a child who cares for someone.",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What it is", choices=Session.Kind.choices, initial=Session.Kind.LUNCHTIME,
        widget=Tiles(),
    )  # fmt: skip
    series = forms.ModelChoiceField(
        label="Series", queryset=None, required=False, empty_label="It stands alone"
    )
    topics = forms.ModelMultipleChoiceField(
        label="Topics", queryset=None, required=False, widget=Ticks()
    )
    on = DayField(label="Day", help_text="Like 4 December.")
    starts = ClockField(label="Begins at", help_text="Like 12pm.")
    ends = ClockField(label="Ends at")
    opens_minutes = forms.IntegerField(
        label="Minutes before, at which sign-in opens", min_value=0, max_value=120, initial=15
    )
    link = forms.URLField(
        label="Joining link", max_length=500, required=False, assume_scheme="https",
        help_text="Shown only to those who have booked, once sign-in opens.",
    )  # fmt: skip
    place = forms.CharField(label="Place, if people come in person", max_length=200, required=False)
    map_link = forms.URLField(
        label="Link to a map", max_length=500, required=False, assume_scheme="https"
    )
    access_notes = forms.CharField(
        label="How to get in: steps, lifts, parking, hearing loop", max_length=500, required=False,
        widget=Brief(rows=2),
    )  # fmt: skip
    presenters = forms.CharField(
        label="Who is talking", widget=Brief(rows=2), max_length=1000, required=False,
        help_text="A line each: name, organisation.",
    )  # fmt: skip
    presented_by = PresenterChoice(
        label="A presenter who signs in here", queryset=None, required=False, empty_label="Nobody",
        help_text="They see who comes and their questions, and may tick the register.",
    )  # fmt: skip
    learn = forms.CharField(
        label="Afterwards people will be able to", widget=Brief(rows=4), max_length=2000,
        required=False, help_text="A line each.",
    )  # fmt: skip
    for_whom = forms.CharField(
        label="For whom it is", max_length=300, required=False, widget=Brief(rows=2)
    )
    capacity = forms.IntegerField(
        label="How many places", min_value=1, max_value=100_000, required=False,
        help_text="Leave this out if there is room for all.",
    )  # fmt: skip
    cost = NameField(
        label="What it costs, and who pays", max_length=80, required=False,
        help_text="Leave this out: it is free. It is only said here; nobody pays on these pages.",
    )  # fmt: skip
    only_sectors = forms.MultipleChoiceField(
        label="Only for these kinds of organisation", choices=SECTORS, required=False,
        widget=Ticks(), help_text="Leave this out if it is for all.",
    )  # fmt: skip
    only_roles = forms.CharField(
        label="Only for these posts", widget=Brief(rows=2), max_length=1000, required=False,
        help_text="A line each, as in: Designated safeguarding lead.",
    )  # fmt: skip
    asks_manager = forms.BooleanField(
        label="Whoever books names their manager, who says yes first", required=False,
        help_text="The place is kept for them meanwhile.",
    )  # fmt: skip
    evaluation_first = forms.BooleanField(
        label="The certificate waits for the evaluation", required=False, initial=True
    )
    once = OnceField()

    def __init__(
        self, *args: Any, user: User, session: Session | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = visible_series(user)
        self.fields["topics"].queryset = Topic.objects.current()
        self.fields["presented_by"].queryset = possible_presenters(user)
        self.was = session
        if session is None:
            return
        del self.fields["once"]
        plain = {name: getattr(session, name) for name in self.fields if name != "topics"}
        self.initial = plain | {"topics": session.topics.all()} | self.initial

    def clean_cost(self) -> str:
        cost = self.cleaned_data["cost"]
        if self.was is not None and self.was.state != states.DRAFT and cost != self.was.cost:
            raise forms.ValidationError(
                "It was booked at what was said. Call it off and plan it anew if that must change"
            )
        return cost

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("place") and not typed.get("link") and "link" not in self.errors:
            self.add_error("link", "Give a joining link, or a place where people come together")
        if {"on", "starts", "ends"} <= typed.keys():
            begins, ends = (self._at(typed["on"], typed.pop(name)) for name in ("starts", "ends"))
            typed |= {"begins_at": begins, "ends_at": ends}
            del typed["on"]
            if ends <= begins:
                self.add_error("ends", "This comes before it begins. Give a later time")
        return typed

    @staticmethod
    def _at(day: Any, at: Any) -> datetime:
        return timezone.make_aware(datetime.combine(day, at))


class SeriesForm(forms.Form):
    """A series, and what it is about."""

    title = forms.CharField(label="Title", max_length=160)
    about = forms.CharField(label="What it is, for whom, how often", widget=Brief(rows=3))
    once = OnceField()

    def __init__(self, *args: Any, series: Series | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        if series is not None:
            del self.fields["once"]
            self.initial = {"title": series.title, "about": series.about}

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        others = visible_series(None).exclude(pk=self.series.pk if self.series else None)
        if others.filter(title__iexact=title).exists():
            raise forms.ValidationError("Another series is called this. Choose a different title")
        return title


class MaterialsForm(forms.Form):
    """What people may keep of a session, and who."""

    upload = forms.FileField(
        label="Fact sheet", required=False, help_text="A PDF is best. A new one takes its place."
    )
    recording = forms.URLField(
        label="Address of the recording", max_length=500, required=False, assume_scheme="https"
    )
    shared_with = forms.ChoiceField(
        label="Who may have them", choices=Session.SharedWith.choices, widget=Tiles()
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"recording": session.recording, "shared_with": session.shared_with}


class CancelForm(forms.Form):
    """Why a session is called off."""

    why = forms.CharField(
        label="Why is it called off?", max_length=500, widget=Brief(rows=2),
        help_text="Everybody who booked reads it.",
    )  # fmt: skip
