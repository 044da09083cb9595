"""What is typed at a review: who was there, how far each goal is, how things are, who stays."""

from collections.abc import Iterable
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.forms.planning import called
from saidanddone.earlyhelp.models import (
    Attendance,
    FamilyMember,
    Goal,
    Progress,
    Review,
    TeamMembership,
)
from saidanddone.people.models import Post
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles

NUMBERS = [("", "Not asked"), *((str(number), str(number)) for number in range(11))]


def number_field(label: str) -> forms.ChoiceField:
    """How things are, 0 to 10; nobody has to say."""
    return forms.ChoiceField(label=label, choices=NUMBERS, required=False)


class ReviewDayForm(forms.Form):
    """When the team looks back next."""

    on = DayField(label="When do you look back together?", help_text="Like 4 December.")


class ReviewForm(forms.Form):
    """A review, on one page; its parts follow the people and goals that there are."""

    held_on = DayField(label="When was it?", past=True)
    kind = forms.ChoiceField(label="How was it held?", choices=Review.Kind, widget=Tiles)
    words = forms.CharField(
        label="What was said, in short", max_length=5000, required=False, widget=Brief(rows=4)
    )
    next_on = DayField(label="When is the next one?", required=False,
                       help_text="Leave this out if the story is about to end.")  # fmt: skip
    once = OnceField()

    def __init__(
        self, *args: Any, members: Iterable[FamilyMember], team: Iterable[TeamMembership],
        goals: Iterable[Goal], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = clock.today()
        self.fields["kind"].initial = Review.Kind.MEETING
        self.people: dict[str, FamilyMember | Post] = {f"m{one.pk}": one for one in members}
        self.team = {str(one.pk): one for one in team}
        self.people |= {f"p{one.post_id}": one.post for one in self.team.values()}
        self.goals = {str(one.pk): one for one in goals}
        for key, one in self.people.items():
            self._ask_person(key, one)
        for key, goal in self.goals.items():
            self._ask_goal(key, goal)
        self._ask_who_stays()

    def _ask_person(self, key: str, one: FamilyMember | Post) -> None:
        name = called(one) if isinstance(one, FamilyMember) else one.user.name
        self.fields[f"how-{key}"] = forms.ChoiceField(
            label=f"How {name} was part of it", required=False,
            choices=[("", "Not asked"), *Attendance.How.choices],
        )  # fmt: skip
        self.fields[f"update-{key}"] = forms.CharField(
            label=f"What {name} sent", max_length=2000, required=False, widget=Brief(rows=2)
        )
        self.fields[f"score-{key}"] = number_field(f"How things are, as {name} sees it")

    def _ask_goal(self, key: str, goal: Goal) -> None:
        self.fields[f"far-{key}"] = forms.ChoiceField(
            label=goal.words, choices=[("", "Not talked about"), *Progress.How.choices],
            required=False,
        )  # fmt: skip
        self.fields[f"far-words-{key}"] = forms.CharField(
            label="How one can tell", max_length=2000, required=False, widget=Brief(rows=2)
        )

    def _ask_who_stays(self) -> None:
        named = [
            (key, f"{one.post.user.name}, {one.post.organisation}: {one.purpose}")
            for key, one in self.team.items()
        ]
        self.fields["renew"] = forms.MultipleChoiceField(
            label="Who is needed for longer?", choices=named, required=False, widget=Ticks,
            help_text="From today for six months at the most, within what the family agreed to. "
            "For the others it ends on the day that stands.",
        )  # fmt: skip

    def came(self) -> list[dict[str, Any]]:
        """Each who was part of it."""
        typed = self.cleaned_data
        return [
            owner(one) | {"how": typed[f"how-{key}"], "update": typed[f"update-{key}"]}
            for key, one in self.people.items() if typed[f"how-{key}"]
        ]  # fmt: skip

    def far(self) -> list[dict[str, Any]]:
        """Each goal that was talked about."""
        typed = self.cleaned_data
        return [
            {"goal": one, "how": typed[f"far-{key}"], "words": typed[f"far-words-{key}"]}
            for key, one in self.goals.items() if typed[f"far-{key}"]
        ]  # fmt: skip

    def felt(self) -> list[dict[str, Any]]:
        """Each number that somebody gave."""
        typed = self.cleaned_data
        return [
            owner(one) | {"score": int(typed[f"score-{key}"])}
            for key, one in self.people.items() if typed[f"score-{key}"]
        ]  # fmt: skip

    def renewed(self) -> list[TeamMembership]:
        """Those who stay."""
        return [self.team[key] for key in self.cleaned_data["renew"]]


def owner(one: FamilyMember | Post) -> dict[str, Any]:
    """Whose it is, by the name of the field."""
    return {"member": one} if isinstance(one, FamilyMember) else {"post": one}
