"""A kept question is asked in the same words, and answered anew each time."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet, Value

from saidanddone.core import clock, questions
from saidanddone.core.questions import Kept
from saidanddone.people.models import Invitation, Post
from tests.factories.people import make_post

pytestmark = pytest.mark.django_db


class Asked:
    """Somebody's question, which counts how often it was written."""

    def __init__(self, question) -> None:
        self.question, self.written = question, 0

    def __call__(self) -> QuerySet:
        self.written += 1
        return self.question()


def titles() -> QuerySet:
    return Post.objects.live().order_by("pk").values_list("title")


def since() -> QuerySet:
    later = Invitation.objects.filter(sent_at__lte=clock.now())
    return later.order_by("pk").values_list("post__title")


def test_it_is_written_once_and_answered_anew() -> None:
    kept, question = Kept(), Asked(titles)
    make_post(title="First")
    assert kept.ask("me", question) == [("First",)]
    make_post(title="Second")
    assert kept.ask("me", question) == [("First",), ("Second",)]
    assert question.written == 1
    kept.ask("somebody else", question)
    assert question.written == 2
    kept.forget()
    assert kept.ask("me", question) == [("First",), ("Second",)]
    assert question.written == 3


def test_now_is_the_moment_at_which_it_is_asked() -> None:
    kept, question, now = Kept(), Asked(since), clock.now()
    post = make_post(title="Asked to join")
    Invitation.objects.create(post=post, sent_at=now + timedelta(hours=1), sent_by=post.user)
    for hours, rows in ((0, []), (2, [("Asked to join",)]), (0, [])):
        with clock.stand_at(now + timedelta(hours=hours)):
            assert kept.ask("me", question) == rows
    assert question.written == 1


def asks_meanwhile() -> QuerySet:
    return Post.objects.filter(pk__in=[post.pk for post in Post.objects.all()]).values_list("title")


def of_another_moment() -> QuerySet:
    ago = clock.now() - timedelta(days=1)
    return Post.objects.filter(user__invited_at__lte=ago).values_list("title")


def of_moments() -> QuerySet:
    ago = clock.now() - timedelta(days=1)
    return Post.objects.filter(user__invited_at__in=[ago, ago]).values_list(Value("x"))


def of_nobody() -> QuerySet:
    return Post.objects.none().values_list("title")


@pytest.mark.parametrize("ask", [asks_meanwhile, of_another_moment, of_moments, of_nobody])
def test_what_would_not_stay_true_is_not_kept(ask) -> None:
    make_post()
    kept, question = Kept(), Asked(ask)
    assert kept.ask("me", question) == list(ask())
    kept.ask("me", question)
    assert question.written == 2


def test_whoever_asked_longest_ago_makes_way(monkeypatch) -> None:
    monkeypatch.setattr(questions, "MOST", 2)
    kept, question = Kept(), Asked(titles)
    for asker in ("one", "two", "one", "three", "one"):
        kept.ask(asker, question)
    assert question.written == 3
    kept.ask("two", question)
    assert question.written == 4
