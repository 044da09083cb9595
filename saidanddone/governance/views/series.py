"""The page on which a clerk plans a year of meetings: a rhythm, the days it gives, and planning them."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from saidanddone.core import workdays
from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.views.boarding import board_of
from saidanddone.governance.views.shared import draw
from saidanddone.ui.filters import fullday, plural

A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """First the rhythm, asked for in the address; then its days, to be planned or left out."""
    page = board_of(request, slug)
    require("plan_meeting", page["can"])
    asked = forms.RhythmForm(request.GET or None)
    if not asked.is_valid():
        return draw(request, "series", **page, rhythm=asked, form=None, skipped=[])
    days, skipped = kept_and_skipped(request, page, dates(asked.cleaned_data))
    choices = [(day.isoformat(), fullday(day)) for day in days]
    form = forms.SeriesForm(request.POST if request.method == "POST" else None, days=choices)
    if form.is_valid():
        planned = verbs.plan_series(body=page["body"], **form.cleaned_data, by=request.user)
        messages.success(request, f"{plural(len(planned), 'meeting is', 'meetings are')} planned.")
        return redirect("board-meetings", slug)
    return draw(request, "series", **page, rhythm=asked, form=form, skipped=skipped)


def kept_and_skipped(
    request: HttpRequest, page: dict[str, Any], days: list[date]
) -> tuple[list[date], list[tuple[str, str]]]:
    """Days on which it can meet, and those on which it cannot, each with the reason."""
    closed = verbs.closed_among(days)
    known = permissions.visible_meetings(request.user).to_come().filter(body=page["body"])
    taken = set(known.values_list("on", flat=True))
    kept = [day for day in days if workdays.is_working(day, closed) and day not in taken]
    reasons = [
        (fullday(day), "It meets on this day already" if day in taken else "Offices are closed")
        for day in days if day not in kept
    ]  # fmt: skip
    return kept, reasons


def dates(asked: dict[str, Any]) -> list[date]:
    """Every day that the rhythm gives, closed ones among them."""
    first, last = asked["starts_on"], asked["until"]
    if asked["rhythm"] == "weeks":
        step = A_WEEK * asked["weeks"]
        return [first + step * n for n in range((last - first) // step + 1)]
    found, year, month = [], first.year, first.month
    while date(year, month, 1) <= last:
        day = nth_weekday(year, month, int(asked["nth"]), int(asked["weekday"]))
        if first <= day <= last:
            found.append(day)
        later = month - 1 + asked["months"]
        year, month = year + later // 12, later % 12 + 1
    return found


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The second Tuesday of a month, or with -1 the last one."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7) + A_WEEK * (nth - 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)
