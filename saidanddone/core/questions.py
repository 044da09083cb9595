"""Questions that the same person asks again and again: their SQL is written once a day, then asked.

To write the SQL of a long union takes the product ten times as long as the database takes to
answer it. What is kept is the question, never the answer: each time the database is asked anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from saidanddone.core import clock

MOST = 300  # questions kept by one process, some 10 MB; whoever has not asked for longest makes way

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A question as it was put: its SQL, the values in it, and which of them are this very moment."""

    sql: str
    values: tuple[Any, ...]
    moments: frozenset[int]

    def rows(self) -> list[Row]:
        """What the database answers now."""
        now = clock.now()
        values = [now if n in self.moments else value for n, value in enumerate(self.values)]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return cursor.fetchall()


class Kept:
    """The words of the last few hundred questions, each under all that its asker brought to it."""

    def __init__(self) -> None:
        self._words: OrderedDict[Hashable, Words] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, asker: Hashable, question: Callable[[], QuerySet]) -> list[Row]:
        """The rows of a question of plain values.

        `asker` holds everything that writing the question reads: who asks, what they hold, which
        settings count, which day it is. A question that asked the database while it was written,
        or that holds some other moment than now, is put and not kept.
        """
        with self._lock:
            words = self._words.get(asker)
            if words:
                self._words.move_to_end(asker)
        if words is None:
            began = clock.now()
            with _asking_nothing() as asked:
                try:
                    words = _written(question(), began)
                except EmptyResultSet:
                    return []
            if not asked and not _holds_another_moment(words):
                self._keep(asker, words)
        return words.rows()

    def forget(self) -> None:
        """Write every question anew."""
        with self._lock:
            self._words.clear()

    def _keep(self, asker: Hashable, words: Words) -> None:
        with self._lock:
            self._words[asker] = words
            while len(self._words) > MOST:
                self._words.popitem(last=False)


def _written(question: QuerySet, began: datetime) -> Words:
    sql, values = question.query.get_compiler(connection=connection).as_sql()
    until = clock.now()
    now = {
        n
        for n, value in enumerate(values)
        if isinstance(value, datetime) and began <= value <= until
    }
    return Words(sql, tuple(values), frozenset(now))


def _holds_another_moment(words: Words) -> bool:
    others = (value for n, value in enumerate(words.values) if n not in words.moments)
    return any(_moments_in(value) for value in others)


def _moments_in(values: Any) -> bool:
    if isinstance(values, list | tuple):
        return any(_moments_in(value) for value in values)
    return isinstance(values, datetime)


@contextmanager
def _asking_nothing() -> Iterator[list[str]]:
    """Inside, whatever the database is asked is noticed."""
    asked: list[str] = []

    def notice(execute: Callable, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(notice):
        yield asked


kept = Kept()
