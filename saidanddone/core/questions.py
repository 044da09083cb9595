"""Questions that the same person asks again and again: their SQL is written once a day, then asked.

To write the SQL of a long union takes the product ten times as long as the database takes to
answer it. What is kept is the question, never the answer: each time the database is asked anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, ForeignKey, Lookup, QuerySet
from django.db.models.expressions import RawSQL

from saidanddone.core import clock

MOST = 300  # questions kept by one process, some 10 MB; whoever has not asked for longest makes way

Row = tuple[Any, ...]


@ForeignKey.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """One of an array that is made once: `story__any_of=words.array(…)`.

    `__in` with a question inside leaves it to the database how often that is asked; where many
    tables are locked row by row it guesses wrong, and asks once for each row.
    """

    lookup_name = "any_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """By hash, however long the array is; `= ANY (array)` would go through it for each row."""
        left, values = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} IN (SELECT unnest({right}))", (*values, *more)


@ForeignKey.register_lookup
@Field.register_lookup
class AnyOfMany(AnyOf):
    """The same where most rows of the table may be among them: each is looked up as it comes."""

    lookup_name = "any_of_many"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """What stands inside `IS TRUE` the planner does not turn into a join."""
        words, values = super().as_sql(compiler, connection)
        return f"({words}) IS TRUE", values


# What stood in a question as it was written, and what is meant this time.
Blanks = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A question as it was put: its SQL, the values in it, and which of them are this very moment."""

    sql: str
    values: tuple[Any, ...]
    moments: frozenset[int]

    def rows(self, blanks: Blanks | None = None) -> list[Row]:
        """What the database answers now."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self._meant(blanks or {}))
            return cursor.fetchall()

    def array(self, blanks: Blanks) -> RawSQL:
        """The answer as part of another question: an array, made once for all of that question."""
        return RawSQL(f"ARRAY({self.sql})", self._meant(blanks))  # noqa: S611 -- Django wrote it

    def _meant(self, blanks: Blanks) -> list[Any]:
        now = clock.now()
        return [
            now if n in self.moments else _filled(value, blanks)
            for n, value in enumerate(self.values)
        ]


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
        try:
            return self.words(asker, question).rows()
        except EmptyResultSet:
            return []

    def words(self, asker: Hashable, question: Callable[[], QuerySet]) -> Words:
        """The same question in its words, not put yet; EmptyResultSet if nothing can answer it."""
        with self._lock:
            words = self._words.get(asker)
            if words:
                self._words.move_to_end(asker)
        if words is None:
            began = clock.now()
            with _asking_nothing() as asked:
                words = _written(question(), began)
            if not asked and not _holds_another_moment(words):
                self._keep(asker, words)
        return words

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


def _filled(value: Any, blanks: Blanks) -> Any:
    if not blanks:
        return value
    if isinstance(value, list | tuple):
        return [_filled(one, blanks) for one in value]
    return blanks.get(value, value)


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
