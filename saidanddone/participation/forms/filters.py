"""What a list of issues is narrowed to."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import CharField, Q, QuerySet, Value

from saidanddone.core import clock
from saidanddone.participation import states
from saidanddone.participation.models import Issue
from saidanddone.people.models import User
from saidanddone.reference.models import AgeBand, Area, Topic

OPEN = [*sorted(states.WITH_US), states.REPLIED, states.PROMISED]


class Narrowing(forms.Form):
    """A filter in the address: a wrong value asks for nothing and is no error."""

    def query(self) -> str:
        """What was asked, as the beginning of an address for the next page."""
        asked = {name: self.data.get(name) for name in self.fields if self.data.get(name)}
        return f"?{urlencode(asked)}&" if asked else "?"

    def asked(self) -> dict[str, Any]:
        """What was asked and makes sense."""
        self.is_valid()
        return self.cleaned_data

    def asks(self) -> bool:
        """Whether anything is narrowed at all."""
        return any(self.data.get(name) for name in self.fields)


class IssueFilter(Narrowing):
    """For those who work with issues."""

    STATES = {
        "waiting": Q(state__in=states.WITH_US),
        "nobody": Q(state__in=[states.RAISED, states.REOPENED], owner__isnull=True),
        "answered": Q(state=states.REPLIED),
        "promised": Q(state=states.PROMISED),
        "closed": Q(state=states.CLOSED),
        "withdrawn": Q(state=states.WITHDRAWN),
        "all": Q(),
    }
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Not finished"), ("waiting", "Waiting for an answer"),
            ("nobody", "With nobody yet"), ("answered", "Answered, not judged yet"),
            ("promised", "Being done"),
            ("closed", "Finished"), ("withdrawn", "Withdrawn"), ("all", "Everything"),
        ],
    )  # fmt: skip
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="About", required=False, empty_label="Anything"
    )
    mine = forms.BooleanField(label="Only those that are with me", required=False)
    late = forms.BooleanField(label="Only late ones", required=False)

    def __init__(self, data: dict) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["topic"].queryset = Topic.objects.current()

    def narrow(self, found: QuerySet[Issue], user: User) -> QuerySet[Issue]:
        """The issues that this filter asks for."""
        asked = self.asked()
        found = found.filter(self.STATES.get(asked.get("show"), Q(state__in=OPEN)))
        if asked.get("topic"):
            found = found.filter(topic=asked["topic"])
        if asked.get("mine"):
            found = found.filter(owner__in=[post.pk for post in user.posts_now])
        if asked.get("late"):
            found = found.filter(state__in=states.WITH_US, answer_due__lt=clock.today())
        return found


class WallFilter(Narrowing):
    """For everybody."""

    STATES = {
        "waiting": Q(state__in=states.WITH_US),
        "doing": Q(state__in=[states.REPLIED, states.PROMISED], reply__kind="reply"),
        "done": Q(state=states.CLOSED, reply__kind="reply", dropped_why=""),
        "could-not": Q(reply__kind="refusal", state__in=[states.REPLIED, states.CLOSED])
        | ~Q(dropped_why=""),
        "again": Q(reopened_at__isnull=False, state__in=states.WITH_US),
    }
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Everything"), ("waiting", "Waiting for an answer"), ("doing", "We are doing it"),
            ("done", "We did it"), ("could-not", "We could not"),
            ("again", "Being looked at again"),
        ],
    )  # fmt: skip
    topic = forms.ChoiceField(label="About", required=False)
    area = forms.ChoiceField(label="Where", required=False)
    age = forms.ChoiceField(label="Age", required=False)

    def __init__(self, data: dict) -> None:
        super().__init__(data, auto_id="filter_%s")
        lists = lists_of_today()
        for name, every in (("topic", "Anything"), ("area", "Anywhere"), ("age", "Any age")):
            self.fields[name].choices = [("", every), *lists[name]]

    def narrow(self, found: QuerySet[Issue]) -> QuerySet[Issue]:
        """The issues that this filter asks for."""
        asked = self.asked()
        found = found.filter(self.STATES.get(asked.get("show"), Q()))
        for name, field in (("topic", "topic"), ("area", "shown_area"), ("age", "age_band")):
            if asked.get(name):
                found = found.filter(**{f"{field}__code": asked[name]})
        return found


def lists_of_today() -> dict[str, list[tuple[str, str]]]:
    """Topics, areas and ages that count today, by code and name, from one query."""
    lists: dict[str, list[tuple[str, str]]] = {"topic": [], "area": [], "age": []}
    parts = [
        model.objects.current()
        .order_by()
        .values_list(Value(name, CharField()), "code", "name", "order")
        for name, model in (("topic", Topic), ("area", Area), ("age", AgeBand))
    ]
    for name, code, words, _ in parts[0].union(*parts[1:], all=True).order_by("order", "name"):
        lists[name].append((code, words))
    return lists
