"""What is typed about an issue on its way: one form for each deed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html

from saidanddone.core import clock
from saidanddone.core.numbers import numbers
from saidanddone.governance import permissions as governance
from saidanddone.governance.models import Body, Meeting
from saidanddone.governance.states import MINUTED, PLANNED, PUBLISHED
from saidanddone.participation import permissions, states
from saidanddone.participation.forms.tell_us import LineField, WordsField
from saidanddone.participation.models import Issue, Routing, Step, Voice
from saidanddone.people import permissions as people
from saidanddone.people.models import Post, User
from saidanddone.reference.models import AgeBand, Area, Topic
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles

LONG = 4000
OWN_WORDS = '<span class="voice voice--line"><span class="voice__words" dir="auto">{}</span></span>'
TITLE = 120
LATELY = timedelta(days=120)


class PostField(forms.ModelChoiceField):
    """A person in a post, by name, office and organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Post.objects.none(), **kwargs)

    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.user.name}: {obj.title}, {obj.organisation.name}"


class MeetingField(forms.ModelChoiceField):
    """A meeting, by its body and day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return str(obj)


class VoicesField(forms.ModelMultipleChoiceField):
    """Words that have been read; each tile shows them."""

    def label_from_instance(self, obj: Voice) -> str:
        return format_html(OWN_WORDS, obj.public_words or obj.picture_words)


def posts_that_answer(user: User) -> Any:
    """Whom an issue may be given to: the officers of every partner."""
    posts = people.visible_posts(user).filter(roles__overlap=["officer"])
    return posts.order_by("user__name", "pk")


class About(forms.Form):
    """A form about one issue, for one person."""

    nothing_to_choose = ""  # instead of the form, when there is nothing to choose from

    def __init__(self, *args: Any, issue: Issue | None = None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue, self.user = issue, user
        self.choose()

    def choose(self) -> None:
        """Fill what there is to choose from."""


class RaiseForm(About):
    """Voices that ask for the same thing, in wording that they agreed."""

    voices = VoicesField(
        Voice.objects.none(),
        label="Whose words are these?",
        required=False,
        widget=Ticks(),
        help_text="Everybody whose words you tick follows this issue with their own code.",
    )
    title = LineField(
        label="Title", max_length=TITLE, help_text="Plain and short: it stands in public."
    )
    wording = WordsField(
        label="What they ask for, in words that they agreed",
        max_length=LONG,
        widget=Brief(rows=5),
        help_text="This goes to meetings. Their own words stay as they are.",
    )
    agreed_how = LineField(
        label="How did they agree these words?",
        max_length=300,
        required=False,
        help_text="For example: read out at Youth Cabinet, hands up.",
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="Topic", required=False, empty_label="Not sorted yet"
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Place",
        required=False,
        empty_label="The whole borough",
        help_text="In public a small place becomes the borough when few have spoken.",
    )
    age_band = forms.ModelChoiceField(
        AgeBand.objects.none(), label="Ages", required=False, empty_label="Mixed, or not known"
    )
    raised_at_body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Raised at",
        required=False,
        empty_label="No meeting",
        help_text="They hear at their next meeting what became of it.",
    )
    by_worker = forms.BooleanField(
        label="Workers raise this, not children or families", required=False
    )
    is_public = forms.BooleanField(
        label="Show it on You said, we did",
        required=False,
        initial=True,
        help_text="Title, wording and answer. Own words only where their speaker said yes.",
    )
    twin = forms.BooleanField(label="This is something else: raise it all the same", required=False)
    once = OnceField()

    def choose(self) -> None:
        ready = permissions.visible_voices(self.user).filter(state=states.READ, follows=None)
        loose = Q(grouped__isnull=True) | Q(pk__in=self._ticked())
        self.fields["voices"].queryset = ready.filter(loose).distinct()
        self.fields["topic"].queryset = Topic.objects.current()
        self.fields["area"].queryset = Area.objects.current()
        self.fields["age_band"].queryset = AgeBand.objects.current()
        bodies = governance.visible_bodies(self.user).filter(ends_on=None)
        self.fields["raised_at_body"].queryset = bodies.order_by("name")

    def _ticked(self) -> list[int]:
        """Words that somebody ticked in the list of voices, grouped elsewhere already or not."""
        typed = self.data.getlist("voices") if self.is_bound else self.initial.get("voices", [])
        return numbers(str(pk) for pk in typed)[:200]


class GroupForm(About):
    """More words that ask for the same thing."""

    voices = VoicesField(
        Voice.objects.none(),
        label="Which words ask for this too?",
        widget=Ticks(),
        error_messages={"required": "Choose at least one"},
    )

    def choose(self) -> None:
        ready = permissions.visible_voices(self.user).filter(state=states.READ, follows=None)
        self.fields["voices"].queryset = found = ready.exclude(grouped__issue=self.issue)
        if not found.exists():
            self.nothing_to_choose = "No words wait to be put together: read the new ones first."


class RouteForm(About):
    """To whom it goes."""

    to = forms.ChoiceField(
        label="Who can answer this?",
        choices=Routing.To.choices,
        widget=Tiles(),
        error_messages={"required": "Choose who can answer this"},
    )
    owner = PostField(
        label="The person who answers",
        required=False,
        empty_label="Nobody yet",
        help_text="They get a letter, and stay with it until it is finished.",
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="The board or committee",
        required=False,
        empty_label="None",
        help_text="Its clerk finds the item among the proposals.",
    )
    outside = LineField(label="The body outside the borough", max_length=200, required=False)
    why = LineField(
        label="Why them?", max_length=400, required=False, help_text="It stands on the thread."
    )

    def choose(self) -> None:
        posts = posts_that_answer(self.user)
        if self.issue.reopened_at:
            posts = posts.exclude(user__in=permissions.earlier_answerers(self.issue))
            self.fields["owner"].required = True
        self.fields["owner"].queryset = posts
        bodies = governance.visible_bodies(self.user).filter(ends_on=None)
        self.fields["body"].queryset = bodies.exclude(kind=Body.Kind.YOUNG)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needed = {
            Routing.To.OFFICER: ("owner", "Choose the person who answers"),
            Routing.To.BOARD: ("body", "Choose the board"),
            Routing.To.COUNCIL: ("body", "Choose the committee: full Council"),
            Routing.To.OUTSIDE: ("outside", "Write which body it is"),
        }.get(data.get("to"))
        if needed and not data.get(needed[0]) and needed[0] not in self.errors:
            self.add_error(*needed)
        return data


class TableForm(About):
    """Which meeting talks about it."""

    meeting = MeetingField(
        Meeting.objects.none(),
        label="Which meeting?",
        widget=Tiles(),
        empty_label=None,
        error_messages={"required": "Choose a meeting"},
    )
    plain = LineField(
        label="What it means for children, in one plain sentence", max_length=300, required=False
    )

    def choose(self) -> None:
        self.fields["meeting"].queryset = found = coming_meetings(self.user)
        if not found.exists():
            self.nothing_to_choose = (
                "No meeting is planned whose agenda you can add to. Give it to the board instead: "
                "its clerk then finds a meeting."
            )


def coming_meetings(user: User) -> Any:
    """Meetings on whose agenda this person may still put what children say."""
    user.seats_now = governance.held_seats(user)  # asked once for all meetings of this page
    found = governance.visible_meetings(user).filter(state__in=[PLANNED, PUBLISHED])
    found = found.select_related("body").order_by("on", "pk")
    ready = [m.pk for m in found if "add_agenda_item" in governance.meeting_verbs(user, m)]
    return found.filter(pk__in=ready)


class RewordForm(About):
    """Other words for the same thing."""

    title = LineField(label="Title", max_length=TITLE)
    wording = WordsField(label="What they ask for", max_length=LONG, widget=Brief(rows=5))
    agreed_how = LineField(label="How did they agree these words?", max_length=300, required=False)
    why = LineField(label="Why other words?", max_length=400, required=False)

    def choose(self) -> None:
        self.initial = {"title": self.issue.title, "wording": self.issue.wording} | self.initial

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        same = data.get("title") == self.issue.title and data.get("wording") == self.issue.wording
        if same and not self.errors:
            raise ValidationError("These are the words that stand there already")
        return data


class QuestionForm(About):
    """Something to ask those who raised it."""

    text = WordsField(
        label="What do you want to ask them?",
        max_length=1000,
        widget=Brief(),
        help_text="One thing, in plain words. They need not answer.",
    )
    once = OnceField()


class StepForm(About):
    """Something that happened on the way."""

    kind = forms.ChoiceField(
        label="What happened?",
        choices=[c for c in Step.Kind.choices if c[0] != Step.Kind.REWORDED],
        widget=Tiles(),
        error_messages={"required": "Choose what happened"},
    )
    text = WordsField(
        label="Tell those who raised it",
        max_length=2000,
        widget=Brief(),
        help_text="They read this on their own page. Plain words, no promises that nobody keeps.",
    )
    meeting = MeetingField(
        Meeting.objects.none(),
        label="At which meeting?",
        required=False,
        empty_label="At none",
        help_text="The one where it was presented, or from whose agenda it was taken.",
    )
    on = DayField(label="When?", past=True, required=False, help_text="Leave empty for today.")
    once = OnceField()

    def choose(self) -> None:
        """Meetings on whose agenda it has stood, and those of the last months."""
        today = clock.today()
        stood = Q(pk__in=self.issue.tablings.values("item__meeting"))
        lately = Q(state__in=[PUBLISHED, MINUTED], on__range=(today - LATELY, today))
        found = governance.visible_meetings(self.user).filter(stood | lately)
        self.fields["meeting"].queryset = found.select_related("body").order_by("-on", "-pk")


class WithdrawForm(About):
    """Whose wish it is to stop, and why."""

    withdrawn_by = LineField(
        label="Who withdraws it?",
        max_length=160,
        help_text="In words: Youth Cabinet, the two who raised it ….",
    )
    why = WordsField(
        label="Why?",
        max_length=2000,
        widget=Brief(),
        help_text="Those who raised it read this on their own page.",
    )
