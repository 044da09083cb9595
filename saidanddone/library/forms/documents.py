"""Forms for documents, their versions and siblings."""

from datetime import timedelta
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.core.precisions import PRECISIONS
from saidanddone.library.models import Document, Sibling
from saidanddone.library.models.siblings import LANGUAGES
from saidanddone.people.models import Post, User
from saidanddone.people.permissions import visible_organisations, visible_posts
from saidanddone.reference.models import Topic
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles

LONGEST = timedelta(days=5 * 366)  # a review further away than this is nobody's plan
TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument or a picture, up to 20 MB."


class OwnerChoice(forms.ModelChoiceField):
    """A post, by who holds it and where."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}, {post.title}, {post.organisation.name}"


class FileField(forms.FileField):
    """A file; what is wrong with it is said by the verb that looks into it."""

    def __init__(self, **kwargs: Any) -> None:
        given = {
            "label": "File", "max_length": 200, "allow_empty_file": True, "help_text": TAKEN,
            "error_messages": {"required": "Choose a file"},
        } | kwargs  # fmt: skip
        super().__init__(**given)


class PeopleField(forms.CharField):
    """Somebody's live posts, by their e-mail addresses, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5000, widget=Brief(), required=False, **kwargs)
        self.posts = Post.objects.none()

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(sorted({post.user.email for post in value}))

    def clean(self, value: Any) -> list[Post]:
        wanted = {line.strip().lower() for line in super().clean(value).splitlines()} - {""}
        found = list(self.posts.filter(user__email__in=wanted)) if wanted else []
        missing = wanted - {post.user.email for post in found}
        if missing:
            raise forms.ValidationError(
                f"Nobody here has this address: {', '.join(sorted(missing))}. Check it"
            )
        return found


def day_to_come(value: Any) -> Any:
    """A day after today, and not so far that nobody would think of it."""
    if value and value <= clock.today():
        raise forms.ValidationError("Choose a day that is still to come")
    if value and value > clock.today() + LONGEST:
        raise forms.ValidationError("Choose a day in the next five years")
    return value


class ApprovalForm(forms.Form):
    """Who approved it, and when."""

    approved_by = forms.CharField(
        label="Approved by", max_length=200, required=False,
        help_text="As in: the Strategic Partnership Board.",
    )  # fmt: skip
    approved_on = DayField(label="Approved on", required=False, past=True)
    precision = forms.ChoiceField(
        label="How exactly that day is known", choices=PRECISIONS[:-1], initial="day"
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("approved_on") and told["approved_on"] > clock.today():
            self.add_error("approved_on", "It cannot have been approved on a day to come")
        if told.get("approved_on") and not told.get("approved_by"):
            self.add_error("approved_by", "Say who approved it on that day")
        return told


class DocumentForm(forms.Form):
    """What it is, who keeps it right, and who may read it."""

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="What it is", choices=Document.Kind.choices)
    summary = forms.CharField(
        label="What it says, in two or three plain sentences", max_length=2000, widget=Brief(),
        required=False,
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label="What it is about", queryset=None, required=False,
        widget=Ticks(attrs={"class": "choices--small"}),
    )  # fmt: skip
    owner = OwnerChoice(
        label="Who keeps it right", queryset=None, empty_label="Choose a person",
        help_text="They are reminded when it is time to look at it again.",
    )  # fmt: skip
    review_on = DayField(label="Look at it again by", required=False)
    restricted = forms.BooleanField(
        label="Only for those named below", required=False,
        help_text="Nobody else finds it, in any list or search. You and its owner always see it.",
    )  # fmt: skip
    restricted_why = forms.CharField(label="Why only for them", max_length=300, required=False)
    reader_posts = PeopleField(
        label="People who may read it", help_text="Their e-mail addresses, one on each line."
    )
    reader_organisations = forms.ModelMultipleChoiceField(
        label="Organisations whose people may read it", queryset=None, required=False,
        widget=Ticks(attrs={"class": "choices--small"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, user: User, document: Document | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.current()
        self.fields["owner"].queryset = visible_posts(user).order_by("user__name", "pk")
        self.fields["reader_posts"].posts = visible_posts(user)
        self.fields["reader_organisations"].queryset = visible_organisations(user)
        if document is not None:
            self._fill(document)

    def _fill(self, document: Document) -> None:
        lists = {
            "topics": document.topics.all(),
            "reader_posts": document.reader_posts.select_related("user"),
            "reader_organisations": document.reader_organisations.all(),
        }
        plain = {name: getattr(document, name) for name in self.fields if name not in lists}
        self.initial = plain | {name: list(found) for name, found in lists.items()} | self.initial

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("restricted") and not told.get("restricted_why"):
            self.add_error("restricted_why", "Say why it is only for them")
        return told


class NewDocumentForm(DocumentForm, ApprovalForm):
    """A document with its first version."""

    upload = FileField()
    once = OnceField()
    field_order = [
        "title", "kind", "upload", "summary", "approved_by", "approved_on", "precision", "owner",
        "review_on", "topics", "restricted", "restricted_why", "reader_posts",
        "reader_organisations",
    ]  # fmt: skip


class VersionForm(ApprovalForm):
    """A new version of a document."""

    upload = FileField()
    changed = forms.CharField(
        label="What is different from the version before", max_length=2000, widget=Brief(),
        help_text="So that somebody who knows the old one need not read it all again.",
    )  # fmt: skip
    once = OnceField()
    field_order = ["upload", "changed"]


class SiblingForm(ApprovalForm):
    """The same, made for somebody else."""

    kind = forms.ChoiceField(label="What it is", choices=Sibling.Kind.choices, widget=Tiles())
    language = forms.ChoiceField(
        label="Language, if it is a translation", required=False,
        choices=[("", "Choose"), *((code, f"{name} ({own})") for code, name, own in LANGUAGES)],
    )  # fmt: skip
    upload = FileField(required=False, help_text=f"{TAKEN} To listen to: MP3, M4A, Ogg or WAV.")
    link = forms.URLField(
        label="Or where it is kept elsewhere", required=False, assume_scheme="https",
        max_length=200, help_text="A film in British Sign Language, for example.",
    )  # fmt: skip
    once = OnceField()
    field_order = ["kind", "language", "upload", "link"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        kind, language = told.get("kind"), told.get("language")
        if kind == Sibling.Kind.TRANSLATION and not language:
            self.add_error("language", "Choose the language of the translation")
        if kind != Sibling.Kind.TRANSLATION:
            told["language"] = ""
        if kind == Sibling.Kind.BSL and told.get("upload"):
            self.add_error("upload", "Films are kept elsewhere: give the link to it instead")
        elif bool(told.get("upload")) == bool(told.get("link")):
            self.add_error("upload", "Choose a file, or give a link: one of the two")
        return told


class PublishForm(forms.Form):
    """When it is to be looked at again."""

    review_on = DayField(
        label="Look at it again by", validators=[day_to_come],
        help_text="Its owner is reminded before that day.",
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """Until when it is still right."""

    until = DayField(label="Look at it again by", validators=[day_to_come])


class ReasonForm(forms.Form):
    """A reason that is kept."""

    why = forms.CharField(label="Why", max_length=300, widget=Brief())

    def __init__(self, *args: Any, label: str = "Why", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label, self.fields["why"].help_text = label, help_text
