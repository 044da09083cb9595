"""Working days: weekends, England's bank holidays, closed days, and both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from saidanddone.core import workdays

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_add_over_christmas():
    assert workdays.add(date(2026, 12, 23), 3) == date(2026, 12, 30)


def test_add_skips_a_closed_day():
    assert workdays.add(date(2026, 11, 23), 1, {date(2026, 11, 24)}) == date(2026, 11, 25)


def test_add_nothing_on_a_sunday_is_monday():
    assert workdays.add(date(2026, 11, 22), 0) == date(2026, 11, 23)


@given(DAYS, st.integers(0, 60))
def test_between_undoes_add(day, count):
    start = workdays.add(day, 0)
    assert workdays.between(start, workdays.add(start, count)) == count


def test_working_minutes_over_a_weekend():
    friday = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
    assert workdays.working_minutes(friday, monday, time(9), time(17)) == 45


def test_working_minutes_by_the_local_clock_in_summer():
    start = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)  # 08:00 in London
    assert workdays.working_minutes(start, start + timedelta(hours=2), time(9), time(17)) == 60


def test_is_open_at_closing_time_is_no():
    assert not workdays.is_open(datetime(2026, 11, 23, 17, 0, tzinfo=UTC), time(9), time(17))


def test_working_days_before_a_day():
    assert workdays.before(date(2026, 12, 4), 10) == date(2026, 11, 20)
    assert workdays.before(date(2026, 12, 29), 1) == date(2026, 12, 24)  # Christmas is closed
    assert workdays.before(date(2026, 12, 4), 1, {date(2026, 12, 3)}) == date(2026, 12, 2)
    assert workdays.before(date(2026, 12, 6), 0) == date(2026, 12, 6)
