"""What "Tell us" asks, one question a page; nothing is kept until all are answered."""

from typing import Any

from django import forms

from saidanddone.core.files import FileRefused, picture
from saidanddone.participation.models.voices import Readers, ShownAs, Speaker
from saidanddone.people.models import Post
from saidanddone.reference.models import AgeBand, Area, partnership
from saidanddone.ui.forms import Brief, OnceField, OwnWords, Tiles

MOST_LETTERS = 4000
TOO_LONG = "This is longer than we can take. Keep it under {} letters, or send it in two parts."
UNREADABLE = "There is a sign in this that we cannot keep. Delete it and type it again."


class WordsField(forms.CharField):
    """Somebody's own words: kept as they are, only line ends are made alike."""

    def __init__(self, *, max_length: int = MOST_LETTERS, **kwargs: Any) -> None:
        kwargs.setdefault("widget", OwnWords())
        super().__init__(max_length=max_length, strip=False, **kwargs)
        self.error_messages["max_length"] = TOO_LONG.format(f"{max_length:,}")
        self.error_messages["null_characters_not_allowed"] = UNREADABLE

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""

    def clean(self, value: Any) -> str:
        if "\x00" in str(value or ""):
            raise forms.ValidationError(UNREADABLE)
        return super().clean(value)


class LineField(forms.CharField):
    """One line of text, with a cure for what cannot be kept."""

    def clean(self, value: Any) -> str:
        if "\x00" in str(value or ""):
            raise forms.ValidationError(UNREADABLE)
        return super().clean(value)


class AddressField(LineField, forms.EmailField):
    """An e-mail address."""


class Step(forms.Form):
    """One page of questions. `worker` is the one whose card or link the speaker used, if any."""

    def __init__(self, *args: Any, worker: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worker = worker

    def said(self) -> dict[str, Any]:
        """The answers by the names that a voice gives them."""
        return self.cleaned_data


class WordsForm(Step):
    """What they want to say."""

    words = WordsField(
        label="What do you want to tell us?",
        required=False,
        help_text="Use your own words. A little or a lot. Spelling does not matter. "
        "We keep what you write exactly as you wrote it.",
        widget=OwnWords({"maxlength": MOST_LETTERS}),
    )
    drawing = forms.BooleanField(
        required=False, label="I will send a picture or a drawing, on the last page"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "words" in data and not data["words"] and not data.get("drawing"):
            self.add_error("words", "Write what you want to tell us, or choose to send a drawing")
        return data

    def said(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class YouForm(Step):
    """Who they are, how old, and where."""

    YOUNG, PARENT, CARER, WORKER = "young", "parent", "carer", "worker"
    who = forms.ChoiceField(
        label="Who are you?",
        choices=[
            (YOUNG, "A child or young person"), (PARENT, "A parent"), (CARER, "A carer"),
            (WORKER, "Someone who works with children"),
        ],
        widget=Tiles(),
        error_messages={"required": "Choose who you are"},
    )  # fmt: skip
    age_band = forms.ModelChoiceField(
        AgeBand.objects.none(),
        label="How old are you?",
        required=False,
        widget=Tiles(),
        empty_label="I would rather not say",
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Where do you live?",
        required=False,
        empty_label="I would rather not say",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["age_band"].queryset = AgeBand.objects.current()
        self.fields["age_band"].label_from_instance = capital
        self.fields["age_band"].help_text = "Only if you are a child or a young person."
        self.fields["area"].queryset = Area.objects.current()

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        band = data["age_band"] if data["who"] == self.YOUNG else None
        return {
            "speaker": speaker_of(data["who"], band), "age_band": band, "area": data["area"],
        }  # fmt: skip


def capital(band: AgeBand) -> str:
    """Under 11, as a label begins."""
    return band.name[:1].upper() + band.name[1:]


def speaker_of(who: str, band: AgeBand | None) -> str:
    """Under eleven is a child; a young person is eleven or older, or does not say."""
    if who != YouForm.YOUNG:
        return {"parent": Speaker.PARENT, "carer": Speaker.CARER, "worker": Speaker.WORKER}[who]
    return Speaker.CHILD if band and band.oldest < 11 else Speaker.YOUNG_PERSON


class ShareForm(Step):
    """Who may read it, and whether their name stands beside it."""

    readers = forms.ChoiceField(
        label="Who may read your words?",
        widget=Tiles(),
        error_messages={"required": "Choose who may read your words"},
    )
    shown_as = forms.ChoiceField(
        label="Do you want your name beside them?",
        choices=[
            (ShownAs.NO_NAME, "No, leave my name out"),
            (ShownAs.FIRST_NAME, "Yes, my first name"),
            (ShownAs.NAME, "Yes, my whole name"),
        ],
        initial=ShownAs.NO_NAME,
        widget=Tiles(),
        error_messages={"required": "Choose if you want your name beside them"},
    )
    speaker_name = LineField(
        label="Your name, if you said yes",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "short": True}),
        error_messages={"max_length": "This name is too long for us. Keep it under 80 letters"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["readers"]
        field.choices = readers_choices(self.worker)
        field.widget.hints = readers_hints()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        wants = data.get("shown_as") not in {None, ShownAs.NO_NAME}
        if wants and not data.get("speaker_name") and "speaker_name" not in self.errors:
            self.add_error("speaker_name", "Write your name, or choose to leave it out")
        return data

    def said(self) -> dict[str, Any]:
        readers = self.cleaned_data["readers"]
        return self.cleaned_data | {
            "may_quote": readers != Readers.MY_WORKER, "may_publish": readers == Readers.EVERYONE,
        }  # fmt: skip


def readers_choices(worker: Post | None) -> list[tuple[str, str]]:
    """Who may read; "only my worker" only where a worker is known."""
    found = [
        (Readers.EVERYONE, "Everyone"),
        (Readers.HELPERS, "Only the people who can help"),
    ]
    if worker:
        found.append((Readers.MY_WORKER, f"Only {worker.user.name}"))
    return found


def readers_hints() -> dict[str, str]:
    """What each choice means, in plain words."""
    place = partnership().place
    return {
        Readers.EVERYONE: f"They can stand on this website, with your age group and “{place}”. "
        "A person reads them first and covers names.",
        Readers.HELPERS: "People who can change it read them, and may read them out in their "
        "meeting. They are not on the website.",
        Readers.MY_WORKER: "Nobody else reads them, unless somebody is not safe.",
    }


class HearForm(Step):
    """How they hear back: always by code, perhaps also by e-mail or through somebody they trust."""

    hear_by_email = AddressField(
        label="Shall we e-mail you when there is news?",
        required=False,
        help_text="Only if nobody else reads your e-mail. The letter says that there is news, and "
        "nothing of what you told us.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "This does not look like an e-mail address. It has an @ in it"},
    )
    hear_through = LineField(
        label="Or through a grown-up you trust?",
        max_length=160,
        required=False,
        help_text="Their name and where they work, or their e-mail address. Tell them your code.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Keep this under 160 letters"},
    )
    through_worker = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.worker is None:
            del self.fields["through_worker"]
        else:
            name = self.worker.user.name
            self.fields["through_worker"].label = f"Yes, through {name}"
            self.fields["through_worker"].help_text = f"{name} can then read your words too."

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = self.worker if data.get("through_worker") else None
        return {
            "hear_by_email": data["hear_by_email"], "hear_through": data["hear_through"],
            "worker": chosen,
        }  # fmt: skip


class CheckForm(Step):
    """The last look: perhaps with a picture."""

    picture = forms.FileField(
        label="A picture or a drawing",
        required=False,
        help_text="A photo or a JPEG or PNG file. Leave out faces, and names of people.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": "This file is empty. Choose another one"},
    )
    picture_words = LineField(
        label="What does the picture show?",
        max_length=500,
        required=False,
        help_text="For people who cannot see it.",
        widget=Brief(rows=2),
        error_messages={"max_length": "Keep this under 500 letters"},
    )
    once = OnceField()

    def __init__(self, *args: Any, needs_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_picture = needs_picture

    def clean_picture(self) -> Any:
        sent = self.cleaned_data.get("picture")
        if not sent:
            if self.needs_picture:
                raise forms.ValidationError("Choose your picture, or go back and write something")
            return None
        try:
            return picture(sent)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("picture") and not data.get("picture_words") and "picture_words" in data:
            self.add_error("picture_words", "Say in a few words what the picture shows")
        return data

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"picture": data["picture"], "picture_words": data["picture_words"]}


class CodeForm(forms.Form):
    """The code that opens a thread."""

    code = LineField(
        label="Your code", max_length=80,
        help_text="Three words and four numbers, like PLUM 7264 OTTER MAPLE. Big or small letters.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Write the code from your card",
            "max_length": "This is longer than a code. It is three words and four numbers",
        },
    )  # fmt: skip
