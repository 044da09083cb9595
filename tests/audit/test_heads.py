"""Signed heads: what stands in the files can be neither altered nor left out."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from saidanddone.audit import heads

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
ENDS = {3: (5, "a" * 64), 9: (2, "b" * 64)}


def write_three() -> None:
    for minute in range(3):
        heads.write({3: (5 + minute, "a" * 64), 9: (2, "b" * 64)}, NOON + timedelta(minutes=minute))


def test_what_was_written_is_read():
    write_three()
    found = heads.read()
    assert found.ends == {(3, 5, "a" * 64), (3, 6, "a" * 64), (3, 7, "a" * 64), (9, 2, "b" * 64)}
    assert (found.latest, found.faults) == (NOON + timedelta(minutes=2), [])


def test_nothing_is_written_while_nothing_moves():
    assert heads.write(ENDS, NOON)
    assert not heads.write(ENDS, NOON + timedelta(minutes=1))


def test_a_new_day_begins_with_every_end(settings):
    heads.write(ENDS, NOON)
    assert heads.write(ENDS, NOON + timedelta(days=1))
    assert len(list(settings.AUDIT_HEADS.iterdir())) == 2
    assert heads.read().faults == []


def test_heads_follow_one_another_when_the_clock_goes_back(settings):
    heads.write(ENDS, NOON)
    heads.write({3: (6, "c" * 64)}, NOON - timedelta(days=2))
    assert len(list(settings.AUDIT_HEADS.iterdir())) == 1
    assert heads.read().faults == []


def lines_of(settings) -> tuple:
    path = settings.AUDIT_HEADS / "2026-12-04.jsonl"
    return path, path.read_text().splitlines(keepends=True)


def test_an_altered_head_is_found(settings):
    write_three()
    path, lines = lines_of(settings)
    head = json.loads(lines[1])
    head["ends"]["3"][0] = 4
    path.write_text("".join([lines[0], json.dumps(head) + "\n", lines[2]]))
    assert any("not signed by us" in fault for fault in heads.read().faults)


@pytest.mark.parametrize("gone", [0, 1])
def test_a_head_left_out_is_found(settings, gone):
    write_three()
    heads.write(ENDS, NOON - timedelta(days=1))  # an earlier day, so that none is the first
    path, lines = lines_of(settings)
    path.write_text("".join(line for place, line in enumerate(lines) if place != gone + 1))
    assert any("missing" in fault for fault in heads.read().faults)


def test_a_day_left_out_is_found(settings):
    for day in range(3):
        heads.write({3: (5 + day, "a" * 64)}, NOON + timedelta(days=day))
    (settings.AUDIT_HEADS / "2026-12-05.jsonl").unlink()
    assert any("missing" in fault for fault in heads.read().faults)


def test_the_oldest_days_may_be_put_away(settings):
    for day in range(3):
        heads.write({3: (5 + day, "a" * 64)}, NOON + timedelta(days=day))
    (settings.AUDIT_HEADS / "2026-12-04.jsonl").unlink()
    assert heads.read().faults == []


def test_a_line_torn_by_a_power_cut_harms_nothing(settings):
    write_three()
    path, _ = lines_of(settings)
    with path.open("a") as day:
        day.write('{"at": "2026-')
    heads.write({3: (9, "d" * 64)}, NOON + timedelta(minutes=9))
    assert heads.read().faults == []
    assert (3, 9, "d" * 64) in heads.read().ends


def test_another_key_signs_otherwise(settings):
    write_three()
    settings.AUDIT_KEY = "another"
    assert len(heads.read().faults) == 3
