"""The shape in which every area tells what waits for somebody: deed, ref, called, due."""

from typing import Any

from django.db.models import CharField, Count, DateField, F, Min, QuerySet, Value
from django.db.models.functions import Cast

NUMBER = F("pk")
IN_WORDS = Cast("pk", CharField())  # where some of a union have numbers and others codes


def row(found: QuerySet, deed: str, called: Any, due: Any, *, ref: Any = NUMBER) -> QuerySet:
    """A row for each record: what it is called, and the day by which the deed is due."""
    return (
        found.order_by()
        .annotate(
            deed=Value(deed, CharField()),
            ref=ref,
            called=Cast(called, CharField()),
            due=Cast(due, DateField()),
        )
        .values_list("deed", "ref", "called", "due")
    )


def counted(found: QuerySet, deed: str, since: str, *, in_words: bool = False) -> QuerySet:
    """One row for all of them, if there are any: how many (as ref), and since when (as due)."""
    many = Cast(Count("pk"), CharField()) if in_words else Count("pk")
    return (
        found.order_by()
        .annotate(deed=Value(deed, CharField()))
        .values("deed")
        .annotate(
            many=Count("pk"),
            ref=many,
            called=Value("", CharField()),
            due=Cast(Min(since), DateField()),
        )
        .filter(many__gt=0)  # a count of nothing is a row too
        .values_list("deed", "ref", "called", "due")
    )
