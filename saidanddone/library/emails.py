"""Letters that the library writes. They say that something waits, and where; never what it says."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from saidanddone.library.models import Document, Practice
from saidanddone.mail.verbs import cancel, write
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership


def review_due(document: Document) -> None:
    """To its owner: look whether it is still right."""
    link = reverse("document-review", args=[document.pk])
    _write("review_due", "Something is due to be checked", document, _owner(document), link)


def review_late(document: Document) -> None:
    """To the owner's lead, else their organisation: nobody has looked."""
    link = reverse("document-review", args=[document.pk])
    _write("review_late", "Something waits to be checked", document, _lead(document), link)


def draft_waits(document: Document) -> None:
    """To the clerks: somebody brought a new version."""
    clerks = Post.objects.live().filter(roles__contains=["clerk"])
    _write("draft_waits", "Something waits for you in the library", document, _addresses(clerks),
           reverse("library-drafts"))  # fmt: skip


def practice_sent(practice: Practice) -> None:
    """To those who read examples before they are shown."""
    readers = Post.objects.live().filter(roles__overlap=["clerk", "participation_worker"])
    _write("practice_sent", "Somebody sent an example of good practice", practice,
           _addresses(readers), reverse("practices-waiting"))  # fmt: skip


def practice_answered(practice: Practice) -> None:
    """To its contact: what became of the example."""
    _write("practice_answered", "There is an answer about your example", practice,
           _contact(practice), practice.get_absolute_url())  # fmt: skip


def practice_due(practice: Practice) -> None:
    """To its contact: say whether it is still so."""
    link = reverse("practice-confirm", args=[practice.pk])
    _write("practice_due", "Your example waits to be confirmed", practice, _contact(practice), link)


def call_back(record: Model) -> None:
    """Letters about this record that have not gone yet need not go."""
    cancel(about=about(record))


def about(record: Model) -> str:
    """By what letters about a record are found again."""
    return f"{record._meta.label_lower}:{record.pk}"


def _write(kind: str, subject: str, record: Model, to: list[str], link: str) -> None:
    if to:
        write(
            kind, subject, f"library/emails/{kind}.txt", about=about(record), to=to,
            link=settings.SITE_ADDRESS + link, partnership=partnership(),
        )  # fmt: skip


def _owner(document: Document) -> list[str]:
    """The owner, if their post is live; else whom that post answers to."""
    if document.owner.is_live():
        return [document.owner.user.email]
    return _lead(document)


def _lead(document: Document) -> list[str]:
    """The owner's lead, else the organisation's address, else the clerks, so that somebody knows."""
    lead = document.owner.answers_to()
    if lead:
        return [lead if isinstance(lead, str) else lead.user.email]
    return _addresses(Post.objects.live().filter(roles__contains=["clerk"]))


def _contact(practice: Practice) -> list[str]:
    """The contact, if their post is live; else whom that post answers to, if anybody is known."""
    if practice.contact.is_live():
        return [practice.contact.user.email]
    lead = practice.contact.answers_to()
    if not lead:
        return []
    return [lead if isinstance(lead, str) else lead.user.email]


def _addresses(posts: Iterable[Post]) -> list[str]:
    """One letter a person, however many posts they hold."""
    return list(posts.order_by("user__email").values_list("user__email", flat=True).distinct())
