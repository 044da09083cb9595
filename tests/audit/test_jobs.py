"""The verifier as a person and the clock start it."""

import pytest

from saidanddone.audit import counts, jobs, verbs
from saidanddone.audit.models import Check

pytestmark = pytest.mark.usefixtures("superuser")


def test_a_sound_audit_is_told_in_sentences(capsys):
    verbs.record("try_it", "test.thing:1", by=None)
    verbs.write_heads()
    assert jobs.verify_command(["verify"]) == 0
    said = capsys.readouterr().out
    assert "Every line is as it was written." in said
    assert Check.objects.first().faults == 0
    assert counts.verification().well


def test_a_changed_line_is_named(superuser, capsys):
    verbs.record("try_it", "test.thing:1", by=None)
    superuser.execute(
        "UPDATE audit_line SET verb = 'x' WHERE verb = 'try_it' RETURNING chain, number"
    )
    chain, number = superuser.fetchone()
    assert jobs.verify_command(["verify"]) == 1
    said = capsys.readouterr().out
    assert f"Chain {chain}, line {number}: this line was changed" in said
    assert not counts.verification().well


def test_many_faults_are_counted_and_some_told(superuser, capsys):
    for number in range(30):
        verbs.record("try_it", f"test.thing:{number}", by=None)
    superuser.execute("UPDATE audit_line SET detail = 'x' WHERE verb = 'try_it'")
    jobs.verify_command(["verify"])
    said = capsys.readouterr().out
    assert "30 things are not as they were written" in said
    assert "and 10 more" in said


def test_missing_heads_are_told(capsys):
    verbs.record("try_it", "test.thing:1", by=None)
    jobs.verify_command(["verify"])
    assert "No signed ends were found" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["burn"], ["verify", "twice"]])
def test_wrong_use(words):
    assert jobs.verify_command(words) == 2


def test_a_place_that_was_never_verified_is_not_well():
    Check.objects.all()._raw_delete("default")
    assert not counts.verification().well
