"""Whatever a superuser does to the audit is found."""

import pytest

from saidanddone.audit import verbs
from saidanddone.audit.models import ChainEnd, Line

COLUMNS = "chain, number, at, written_at, actor, verb, subject, detail, previous, digest"
pytestmark = pytest.mark.usefixtures("superuser")


def write(count: int = 5) -> list[Line]:
    """Some lines, all in the chain of this transaction."""
    for number in range(count):
        verbs.record("say_it", f"test.thing:{number}", by=None, detail="words")
    return list(Line.objects.order_by("-pk")[:count][::-1])


def test_untouched_audit_is_whole():
    before = verbs.verify().lines
    write(7)
    report = verbs.verify()
    assert (report.lines, report.faults) == (before + 7, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "id + 1000000"),
        ("chain", "chain + 16"),
        ("number", "number + 1000000"),
        ("at", "at + interval '1 microsecond'"),
        ("written_at", "written_at - interval '1 day'"),
        ("actor", "'person:99'"),
        ("post", "7"),
        ("verb", "'say_nothing'"),
        ("subject", "'test.thing:99'"),
        ("detail", "''"),
        ("previous", "repeat('0', 64)"),
        ("digest", "repeat('0', 64)"),
    ],
)
def test_an_edited_column_is_found(superuser, column, value):
    line = write()[2]
    superuser.execute(f"UPDATE audit_line SET {column} = {value} WHERE id = %s", [line.pk])
    assert verbs.verify().faults


def test_every_column_was_tried():
    tried = test_an_edited_column_is_found.pytestmark[0].args[1]
    assert {column for column, _ in tried} == {field.column for field in Line._meta.fields}


@pytest.mark.parametrize("place", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_removed_line_is_found(superuser, place):
    superuser.execute("DELETE FROM audit_line WHERE id = %s", [write()[place].pk])
    assert verbs.verify().faults


def test_a_removed_chain_is_found(superuser):
    superuser.execute("DELETE FROM audit_line WHERE chain = %s", [write()[0].chain])
    assert verbs.verify().faults


def test_swapped_lines_are_found(superuser):
    first, second, *_ = write()
    for line, number in ((first, -1), (second, first.number), (first, second.number)):
        superuser.execute("UPDATE audit_line SET number = %s WHERE id = %s", [number, line.pk])
    assert verbs.verify().faults


def test_swapped_contents_are_found(superuser):
    first, second, *_ = write()
    for line, other in ((first, second), (second, first)):
        superuser.execute(
            "UPDATE audit_line SET subject = %s WHERE id = %s", [other.subject, line.pk]
        )
    assert verbs.verify().faults


def test_text_pushed_over_a_column_border_is_found(superuser):
    line = write()[1]
    superuser.execute(
        "UPDATE audit_line SET verb = verb || subject, subject = '' WHERE id = %s", [line.pk]
    )
    assert verbs.verify().faults


def test_a_line_added_past_the_door_is_found(superuser):
    superuser.execute(
        f"INSERT INTO audit_line ({COLUMNS}) SELECT chain, number + 1, at, written_at, actor, verb, "
        "subject, detail, digest, digest FROM audit_line WHERE id = %s",
        [write()[-1].pk],
    )
    assert verbs.verify().faults


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_chainend SET number = number + 1 WHERE chain = %s",
        "UPDATE audit_chainend SET digest = repeat('0', 64) WHERE chain = %s",
        "DELETE FROM audit_chainend WHERE chain = %s",
        "INSERT INTO audit_chainend (chain, number, digest) SELECT 16, 0, '' WHERE %s >= 0",
    ],
)
def test_a_touched_chain_end_is_found(superuser, deed):
    superuser.execute(deed, [write()[0].chain])
    assert verbs.verify().faults


def cut(superuser, line: Line) -> None:
    """Take the line and all after it away, and move the chain's end back to hide it."""
    superuser.execute(
        "DELETE FROM audit_line WHERE chain = %s AND number >= %s", [line.chain, line.number]
    )
    ChainEnd.objects.filter(chain=line.chain).update(number=line.number - 1, digest=line.previous)


def test_a_cut_tail_is_hidden_until_heads_are_compared(superuser):
    cut(superuser, write()[3])
    assert verbs.verify().faults == []


def test_a_cut_tail_is_found_by_the_signed_heads(superuser):
    lines = write()
    verbs.write_heads()
    cut(superuser, lines[3])
    (fault,) = verbs.verify().faults
    assert (fault.chain, fault.number) == (lines[4].chain, lines[4].number)
    assert "signed" in fault.what


def test_a_tail_written_anew_is_found_by_the_signed_heads(superuser):
    lines = write()
    verbs.write_heads()
    cut(superuser, lines[2])
    write(8)
    assert [fault.number for fault in verbs.verify().faults] == [lines[4].number]


def test_everything_removed_is_found_by_the_signed_heads(superuser):
    write()
    verbs.write_heads()
    superuser.execute("TRUNCATE audit_line")
    ChainEnd.objects.update(number=0, digest="")
    assert verbs.verify().faults


def test_lines_after_the_last_head_are_no_fault():
    write()
    verbs.write_heads()
    write()
    assert verbs.verify().faults == []


def test_a_hundred_thousand_lines_take_seconds(superuser, within_seconds):
    superuser.execute(
        f"INSERT INTO audit_line (id, {COLUMNS}) SELECT -n, 20 + mod(n, 16), n, now(), now(), "
        "'code', 'say_it', 'test.thing:1', '', '', '' FROM generate_series(1, 100000) AS n"
    )
    with within_seconds(10):
        assert len(verbs.verify().faults) >= 100_000
