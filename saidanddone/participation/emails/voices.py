"""Letters about words: that something waits, and where; never what was said, nor by whom."""

from collections.abc import Iterable

from saidanddone.audit.verbs import reference
from saidanddone.mail.verbs import Recipient, cancel, write
from saidanddone.participation.models import Hold, Issue, Voice
from saidanddone.people.models import Post

TEMPLATES = "participation/emails/"


def words_held(hold: Hold, posts: Iterable[Post]) -> None:
    """To the safeguarding lead whose turn it is."""
    _write("words_held", "Something needs you now", to=posts, about=reference(hold), hold=hold)


def held_taken_up(hold: Hold) -> None:
    """Somebody looks at it: letters that still wait to go out are called back."""
    cancel(about=reference(hold))


def question_answered(issue: Issue) -> None:
    """To whoever asked those who raised it: their answer has been read and waits."""
    if issue.owner_id and issue.owner.is_live():
        _write(
            "question_answered", "Your question has an answer", to=[issue.owner],
            about=reference(issue), issue=issue,
        )  # fmt: skip


def worker_named(voice: Voice) -> None:
    """To the worker whom a child named: somebody wants to hear back through them."""
    if voice.worker_id:
        _write(
            "worker_named", "Somebody wants to hear back through you", to=[voice.worker],
            about=reference(voice), voice=voice,
        )  # fmt: skip


def _write(kind: str, subject: str, *, to: Iterable[Post], about: str, **context: object) -> None:
    people = {post.user_id: post.user for post in to}
    recipients = [Recipient(address=user.email, person=user.pk) for user in people.values()]
    if recipients:
        write(kind, subject, f"{TEMPLATES}{kind}.txt", about=about, to=recipients, **context)
