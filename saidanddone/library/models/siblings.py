"""Siblings: the same document made for somebody else to read, hear or watch."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from saidanddone.core.lifecycle import Moves
from saidanddone.library import states
from saidanddone.library.models.filed import Filed, Reading, approval_rules
from saidanddone.library.models.versions import Version

# Code, name in English, name in the language itself, whether it runs from right to left.
LANGUAGES = [
    ("ar", "Arabic", "العربية"), ("bn", "Bengali", "বাংলা"), ("cs", "Czech", "čeština"),
    ("fa", "Farsi", "فارسی"), ("fr", "French", "français"), ("gu", "Gujarati", "ગુજરાતી"),
    ("hi", "Hindi", "हिन्दी"), ("ku", "Kurdish", "کوردی"), ("pl", "Polish", "polski"),
    ("pt", "Portuguese", "português"), ("pa", "Punjabi", "ਪੰਜਾਬੀ"), ("ro", "Romanian", "română"),
    ("ru", "Russian", "русский"), ("so", "Somali", "Soomaali"), ("es", "Spanish", "español"),
    ("uk", "Ukrainian", "українська"), ("ur", "Urdu", "اردو"), ("cy", "Welsh", "Cymraeg"),
    ("zh", "Chinese", "中文"),
]  # fmt: skip
IN_ENGLISH = {code: name for code, name, _ in LANGUAGES}
IN_ITSELF = {code: name for code, _, name in LANGUAGES}


class SiblingQuerySet(QuerySet["Sibling"]):
    """Siblings, chainable."""

    def without_text(self) -> Self:
        """Lists have no use for the whole text of each."""
        return self.defer("text")

    def unread(self) -> Self:
        """Those whose words nobody has read out of the file yet, the oldest first."""
        return self.filter(reading=Reading.WAITING).exclude(file="").order_by("added_at", "pk")


class Sibling(Filed):
    """The same said otherwise: for young people, in easy words, in another language, aloud, in BSL.

    Made from one version, approved for itself; when the document moves on, it says so until it is
    made anew.
    """

    class Kind(models.TextChoices):
        YOUNG = "young", "Young people’s version"
        EASY = "easy_read", "Easy read"
        TRANSLATION = "translation", "Translation"
        AUDIO = "audio", "To listen to"
        BSL = "bsl", "In British Sign Language"

    MOVES: ClassVar[Moves] = states.SIBLING

    version = models.ForeignKey(Version, models.PROTECT, related_name="siblings")
    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=10, blank=True)  # of a translation
    link = models.URLField(blank=True)  # a film or recording kept elsewhere

    objects = SiblingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "language", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")),
                name="sibling_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=(Q(kind="translation") & ~Q(language=""))
                | (~Q(kind="translation") & Q(language="")),
                name="translation_says_its_language",
            ),
            *approval_rules("sibling"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """In plain words: Easy read, In Polish."""
        return called(self.kind, self.language)

    @property
    def own_name(self) -> str:
        """What speakers of its language call it, for a translation."""
        return IN_ITSELF.get(self.language, "")

    def get_absolute_url(self) -> str:
        """The file itself, or the page of where it is kept elsewhere."""
        return self.link or reverse("sibling-file", args=[self.version.document.slug, self.pk])


def called(kind: str, language: str) -> str:
    """What a sibling of this kind is called in plain words."""
    if kind == Sibling.Kind.TRANSLATION:
        return f"In {IN_ENGLISH.get(language, language)}"
    return Sibling.Kind(kind).label
