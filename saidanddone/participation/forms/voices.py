"""What a worker types when children speak, and what is typed when their words are read."""

from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.core.files import FileRefused, picture
from saidanddone.governance.models import Body
from saidanddone.participation.forms.tell_us import LineField, WordsField
from saidanddone.participation.models import Duty
from saidanddone.participation.models.voices import Method, Readers, ShownAs, Speaker
from saidanddone.people.models import Post
from saidanddone.reference.models import AgeBand, Area, Topic
from saidanddone.ui.forms import Brief, DayField, OnceField, OwnWords, Tiles

MOST_LETTERS = 8000
READERS_HINTS = {
    Readers.MY_WORKER: "You alone read it. It cannot go to a board.",
    Readers.HELPERS: "Participation workers, and whoever has to answer.",
    Readers.EVERYONE: "It may stand on the website, with age and borough.",
}
NOT_SAID = "Not said"


class Chosen(forms.Form):
    """What is known of words beside the words: when, where, about what, and for whose eyes."""

    on = DayField(label="When was it said?", past=True, required=False)
    body = forms.ModelChoiceField(
        Body.objects.none(), label="In which group?", required=False, empty_label="In none of these"
    )
    place = LineField(
        label="Where?", max_length=160, required=False,
        help_text="A youth club, a school, the street.",
    )  # fmt: skip
    age_band = forms.ModelChoiceField(
        AgeBand.objects.none(), label="How old?", required=False, empty_label=NOT_SAID
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="Which area?", required=False, empty_label=NOT_SAID
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="What is it about?", required=False, empty_label="Not sure yet"
    )
    readers = forms.ChoiceField(
        label="Who may read it? Ask them",
        choices=Readers.choices,
        initial=Readers.HELPERS,
        widget=Tiles(hints=READERS_HINTS),
        error_messages={"required": "Choose who may read it, as they said"},
    )
    may_quote = forms.BooleanField(
        required=False, label="They agree that their words are read out in meetings and papers"
    )
    may_publish = forms.BooleanField(
        required=False, label="They agree that their words stand on the website"
    )
    source_may_be_named = forms.BooleanField(
        required=False, label="They want their group to be named beside the words"
    )

    def __init__(self, *args: Any, bodies: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.none() if bodies is None else bodies
        self.fields["age_band"].queryset = AgeBand.objects.current()
        self.fields["area"].queryset = Area.objects.current()
        self.fields["topic"].queryset = Topic.objects.current()

    def clean_on(self) -> Any:
        on = self.cleaned_data.get("on")
        if on and on > clock.today():
            raise forms.ValidationError("This day is still to come. Enter the day it was said")
        return on or clock.today()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("may_publish") and data.get("readers") != Readers.EVERYONE:
            self.add_error(
                "readers",
                "Words on the website are read by everyone: choose that, or leave the tick out",
            )
        if data.get("source_may_be_named") and not data.get("body") and "body" in data:
            self.add_error("body", "Choose the group that they want to be named")
        return data


class HarmForm(forms.Form):
    """The tick that holds words back."""

    may_tell_of_harm = forms.BooleanField(
        required=False,
        label="This may tell of harm",
        help_text="It is held. Only the safeguarding lead on duty sees it, and is told now.",
    )


class RecordForm(Chosen, HarmForm):
    """One voice, in under a minute."""

    words = WordsField(
        label="What did they say? Word for word",
        max_length=MOST_LETTERS,
        help_text="As they said it, with their slips. It cannot be changed later.",
        widget=OwnWords({"maxlength": MOST_LETTERS}, rows=5),
        error_messages={"required": "Write what they said"},
    )
    speaker = forms.ChoiceField(
        label="Who said it?",
        choices=Speaker.choices,
        initial=Speaker.YOUNG_PERSON,
        widget=Tiles(),
        error_messages={"required": "Choose who said it"},
    )
    shown_as = forms.ChoiceField(
        label="Do they want their name beside it?", choices=ShownAs.choices, initial=ShownAs.NO_NAME
    )
    speaker_name = LineField(
        label="The name, only if they want it there",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "short": True}),
    )
    method = forms.ChoiceField(label="How?", choices=Method.choices, initial=Method.SPOKEN)
    language = forms.ChoiceField(label="In which language?", initial="en")
    translation = WordsField(
        label="In English",
        max_length=MOST_LETTERS,
        required=False,
        widget=Brief(rows=3),
        help_text="If they spoke another language. Their own words stay as they are.",
    )
    picture = forms.FileField(
        label="A drawing or a photo of one",
        required=False,
        help_text="JPEG or PNG. No faces.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "This file is empty. Choose another one"},
    )
    picture_words = LineField(
        label="What does it show?", max_length=500, required=False, widget=Brief(rows=2)
    )
    once = OnceField()
    MORE = ("on", "body", "place", "area", "topic", "method", "language", "translation", "shown_as",
            "speaker_name", "source_may_be_named", "picture", "picture_words")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = LANGUAGES

    @property
    def more_is_wrong(self) -> bool:
        """Whether something to fix hides in the folded part."""
        return bool(set(self.MORE) & set(self.errors))

    def clean_picture(self) -> Any:
        return clean_picture(self.cleaned_data.get("picture"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        named = data.get("shown_as") not in {None, ShownAs.NO_NAME}
        if named and not data.get("speaker_name") and "speaker_name" not in self.errors:
            self.add_error("speaker_name", "Write the name that they want there")
        if data.get("picture") and not data.get("picture_words") and "picture_words" in data:
            self.add_error("picture_words", "Say in a few words what it shows")
        return data


def clean_picture(sent: Any) -> Any:
    """The picture made safe, or the sentence that says why not."""
    if not sent:
        return None
    try:
        return picture(sent)
    except FileRefused as refused:
        raise forms.ValidationError(str(refused)) from refused


LANGUAGES = [
    ("en", "English"), ("ur", "Urdu"), ("pl", "Polish"), ("ar", "Arabic"), ("pa", "Punjabi"),
    ("fa", "Farsi"), ("ro", "Romanian"), ("uk", "Ukrainian"), ("bfi", "British Sign Language"),
    ("und", "Another language"),
]  # fmt: skip


class GatheringForm(Chosen):
    """A session with a group: all that is the same for everybody who spoke."""

    name = LineField(
        label="What was it?", max_length=160,
        help_text="Like “Detached session, skate park” or “Year 8 council”.",
        error_messages={"required": "Give it a name, so that you find it again"},
    )  # fmt: skip
    present = forms.IntegerField(
        label="How many were there?", required=False, min_value=1, max_value=2000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a number, like 12", "min_value": "Enter a number from 1",
            "max_value": "Enter a number up to 2,000",
        },
    )  # fmt: skip
    photo = forms.FileField(
        label="A photo of the flip chart",
        required=False,
        help_text="JPEG or PNG. No faces, and no names if you can help it.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "This file is empty. Choose another one"},
    )
    photo_words = LineField(
        label="What does the photo show?", max_length=500, required=False, widget=Brief(rows=2)
    )
    once = OnceField()

    def clean_photo(self) -> Any:
        return clean_picture(self.cleaned_data.get("photo")) or ""


class NextVoiceForm(HarmForm):
    """The next voice of a session."""

    words = WordsField(
        label="What did they say?",
        max_length=MOST_LETTERS,
        widget=OwnWords(rows=3),
        error_messages={"required": "Write what they said"},
    )
    speaker = forms.ChoiceField(
        label="Who said it?", choices=Speaker.choices, initial=Speaker.YOUNG_PERSON
    )
    once = OnceField()
    field_order = ("words", "speaker", "may_tell_of_harm", "once")


class ReadForm(forms.Form):
    """The words as others see them, and what they are about."""

    public_words = WordsField(
        label="What others see",
        max_length=MOST_LETTERS + 2000,
        widget=Brief(rows=8),
        help_text="Cover names, schools, streets and anything else by which the speaker could be "
        "known: write [name covered] in its place. Change nothing else.",
        error_messages={"required": "Leave at least some of the words"},
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="What is it about?", required=False, empty_label="Not sure yet"
    )

    def __init__(self, *args: Any, has_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.current()
        self.fields["public_words"].required = has_words


class CorrectForm(forms.Form):
    """What the first should have said."""

    words = WordsField(
        label="What should it have said?", max_length=MOST_LETTERS,
        help_text="The first words stay as they are. This stands beside them.",
        error_messages={"required": "Write what it should have said"},
    )  # fmt: skip


class NoteForm(forms.Form):
    """Why a worker takes words back for somebody."""

    note = LineField(
        label="Who asked for it, and how?", max_length=400, widget=Brief(rows=2),
        help_text="No names. It is kept with the record.",
        error_messages={
            "required": "Write who asked for it, and how",
            "max_length": "Keep it under 400 letters",
        },
    )  # fmt: skip


class FilterForm(forms.Form):
    """Which voices to list."""

    STATES = [
        ("", "All"), ("waiting", "Not read yet"), ("read", "Read"), ("loose", "In no issue yet"),
        ("published", "On the website"),
    ]  # fmt: skip
    state = forms.ChoiceField(label="Which", choices=STATES, required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, empty_label="Any topic")
    speaker = forms.ChoiceField(
        label="Who spoke", choices=[("", "Anybody"), *Speaker.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.current()


class ReleaseForm(forms.Form):
    """The words may go on to be read."""

    reason = LineField(
        label="Why may they go on?",
        max_length=2000,
        widget=Brief(),
        error_messages={"required": "Give the reason: it is kept with the record"},
    )
    told = LineField(
        label="What their page says", max_length=500, required=False, widget=Brief(rows=2),
        help_text="Kind and true, for a child to read. You can leave it out.",
    )  # fmt: skip


class HandOnForm(forms.Form):
    """The words are looked after outside this record."""

    SENTENCE = (
        "Thank you for telling us. Somebody who can help is looking after this now. "
        "It is not lost, even though you do not see it here."
    )
    reason = LineField(
        label="What was done, and why?",
        max_length=2000,
        widget=Brief(),
        error_messages={"required": "Give the reason: it is kept with the record"},
    )
    told = LineField(
        label="What their page says", max_length=500, widget=Brief(rows=3), initial=SENTENCE,
        help_text="Kind and true, for a child to read.",
        error_messages={"required": "Write one kind and true sentence"},
    )  # fmt: skip


class DutyForm(forms.Form):
    """Who looks at held words, and when."""

    post = forms.ModelChoiceField(
        Post.objects.none(),
        label="Who?",
        empty_label="Choose",
        error_messages={"required": "Choose who is on duty"},
    )
    rank = forms.TypedChoiceField(
        label="In which place?", choices=Duty.Rank.choices, coerce=int, initial=Duty.Rank.LEAD
    )
    starts_on = DayField(label="From", error_messages={"required": "Enter the first day"})
    ends_on = DayField(label="Until the end of", error_messages={"required": "Enter the last day"})

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first. Change one of them")
        return data
