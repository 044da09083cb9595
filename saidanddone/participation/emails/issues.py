"""Letters about issues: that something waits, and where. Never a child's words or name."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet

from saidanddone.audit.verbs import reference
from saidanddone.mail.verbs import Recipient, write
from saidanddone.participation import states
from saidanddone.participation.models import Issue, Voice
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership

TEMPLATES = "participation/emails/"
THREADS = "/thread/"
LISTENING = (states.WAITING, states.READ)


def issue_routed(issue: Issue) -> None:
    """To its new owner."""
    _to_posts("issue_routed", "An issue is with you", issue, [issue.owner])


def issue_replied(issue: Issue) -> None:
    """To those who raised it, and to the worker through whom some of them hear back."""
    _to_speakers("there_is_an_answer", "There is an answer", issue)
    _to_workers("tell_them_the_answer", "There is an answer for somebody you listened to", issue)


def question_asked(issue: Issue) -> None:
    """To those who raised it: somebody asks them something."""
    _to_speakers("there_is_a_question", "There is a question for you", issue)


def issue_withdrawn(issue: Issue) -> None:
    """To those who raised it: it was withdrawn, and their thread says by whom and why."""
    _to_speakers("there_is_news", "There is news on your thread", issue)
    _to_workers("tell_them_the_news", "There is news for somebody you listened to", issue)


def did_it_happen(issue: Issue) -> None:
    """To those who raised it: what was promised is said to be done."""
    _to_speakers("did_it_happen", "Did it happen?", issue)


def answer_late(issue: Issue) -> None:
    """To its owner, or with nobody yet to those who look after issues."""
    to = [issue.owner] if issue.owner_id else _participation_workers()
    _to_posts("answer_late", "An answer is late", issue, to)


def answer_late_to_lead(issue: Issue) -> None:
    """To the owner's lead, else to their organisation's address; with no owner to the workers."""
    above = issue.owner.answers_to() if issue.owner_id else ""
    if isinstance(above, Post):
        _to_posts("answer_late_to_lead", "An answer from your team is late", issue, [above])
    elif above:
        to = [Recipient(address=above)]
        subject = "An answer from your organisation is late"
        path = issue.get_absolute_url()
        _write("answer_late_to_lead", subject, to, reference(issue), path)
    else:
        _to_posts("answer_late", "An answer is late", issue, _participation_workers())


def _speakers(issue: Issue) -> QuerySet[Voice]:
    return issue.voices.filter(state__in=LISTENING).order_by("pk")


def _to_speakers(kind: str, subject: str, issue: Issue) -> None:
    """One letter an address, about the voice, so that taking words back calls it back.

    The link goes to the door of all threads: the code is theirs alone and stands in no letter.
    """
    written: set[str] = set()
    for voice in _speakers(issue).exclude(hear_by_email=""):
        address = voice.hear_by_email.lower()
        if address not in written:
            written.add(address)
            to = [Recipient(address=address)]
            _write(kind, subject, to, reference(voice), THREADS, unconfirmed=True)


def _to_workers(kind: str, subject: str, issue: Issue) -> None:
    named = _speakers(issue).filter(worker__in=Post.objects.live())
    for voice in named.select_related("worker__user", "worker__organisation"):
        to = _recipients([voice.worker])
        _write(kind, subject, to, reference(voice), voice.get_absolute_url())


def _to_posts(kind: str, subject: str, issue: Issue, posts: Iterable[Post]) -> None:
    _write(kind, subject, _recipients(posts), reference(issue), issue.get_absolute_url())


def _recipients(posts: Iterable[Post]) -> list[Recipient]:
    """One letter a person, however many posts they hold."""
    people = {post.user_id: post.user for post in posts if post.is_live()}
    return [Recipient(address=user.email, person=user.pk) for user in people.values()]


def _participation_workers() -> QuerySet[Post]:
    return (
        Post.objects.live()
        .filter(roles__contains=["participation_worker"])
        .select_related("user", "organisation")
    )


def _write(
    kind: str,
    subject: str,
    to: list[Recipient],
    about: str,
    path: str,
    *,
    unconfirmed: bool = False,
) -> None:
    if to:
        write(
            kind, subject, f"{TEMPLATES}{kind}.txt", about=about, to=to,
            link=settings.SITE_ADDRESS + path, partnership=partnership(), unconfirmed=unconfirmed,
        )  # fmt: skip
