"""A record is kept as long as it must be, held as long as somebody says, and gone only by two."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Disposal, FamilyMember, LegalHold, Story
from saidanddone.earlyhelp.verbs.closing import birthday
from saidanddone.mail.models import Letter
from saidanddone.people.models import User
from saidanddone.people.signin import empty_account
from tests.earlyhelp.test_second_lock import TABLES
from tests.factories.earlyhelp import (
    as_,
    child_of,
    door_for,
    fresh,
    make_coordinator,
    make_planned,
)
from tests.factories.people import acting, sign_in

YEARS = 25


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(18, 75))
def test_a_birthday_comes_on_its_day_and_of_a_29th_of_february_on_the_first_of_march(born, years):
    day = birthday(born, years)
    assert day.year == born.year + years
    if (born.month, born.day) == (2, 29) and day.month == 3:
        assert (day - timedelta(days=1)) == date(day.year, 2, 28)
    else:
        assert (day.month, day.day) == (born.month, born.day)


def closed(door="", sealed=False):
    """A family whose story is closed, with a record that ran over yesterday."""
    family = make_planned()
    with as_(family.lead):
        if door:
            kit = child_of(family.story)
            verbs.open_door(story=family.story, member=kit, email=door, by=family.lead)
        verbs.ask_to_close(
            story=fresh(family.story), reason="met", words="Well", continues="", by=family.lead
        )
        if sealed:
            verbs.seal_record(
                story=fresh(family.story), readers=[family.supervisor.pk], why="x", by=family.lead
            )
    with as_(family.supervisor):
        verbs.close_story(story=fresh(family.story), by=family.supervisor)
    with identity.as_system("test"):
        born = clock.today() - timedelta(days=1)
        children = FamilyMember.objects.filter(family=family.story.family_id, kind="child")
        children.update(born_on=born.replace(year=born.year - YEARS, day=min(born.day, 28)))
        Story.objects.filter(pk=family.story.pk).update(keep_until=born)
        family.story = fresh(family.story)
    return family


def rows_of(story):
    """How many rows anywhere still point at this story or its family."""
    found = 0
    with identity.as_system("test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "
            "'public' AND table_name LIKE 'earlyhelp_%' AND column_name IN ('story_id', 'family_id')"
        )
        for table, column in cursor.fetchall():
            key = story.pk if column == "story_id" else story.family_id
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [key])
            found += cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_a_record_goes_by_two_and_leaves_a_line_without_a_name():
    family, other = closed(), make_planned()
    before = rows_of(other.story)
    officer, coordinator = acting("privacy_officer"), make_coordinator()
    with as_(officer):
        assert [one.reference for one in verbs.list_due(by=officer)] == [family.story.reference]
        plan = verbs.propose_disposal(story=family.story.pk, by=officer)
        assert verbs.list_due(by=officer) == []
        with pytest.raises(Refused):
            verbs.agree_disposal(disposal=plan, by=officer)
        with pytest.raises(Moved):
            verbs.propose_disposal(story=other.story.pk, by=officer)
    with as_(coordinator), pytest.raises(Refused):
        verbs.propose_disposal(story=family.story.pk, by=coordinator)
    with as_(coordinator):
        verbs.agree_disposal(disposal=plan, by=coordinator)
        stays = Disposal.objects.get()
        assert (stays.reference, stays.agreed_by) == (family.story.reference, coordinator)
    assert rows_of(family.story) == 0
    assert rows_of(other.story) == before
    assert Line.objects.filter(verb="agree_disposal").count() == 1


def places_of(*words):
    """Tables in which one of these words stands in a row; the audit, which knows numbers, left out."""
    found = set()
    with identity.as_system("test"), connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - {"identity_key", "audit_line"}:
            for word in words:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{word}%"]
                )
                found |= {table} if cursor.fetchone() else set()
    return found


@pytest.mark.django_db
def test_with_a_record_go_its_letters_and_the_accounts_that_were_its_doors_alone(client):
    family = closed(door="kit@invented.example")
    door = User.objects.get(email="kit@invented.example")
    parent, elsewhere = family.parent, make_planned()
    with identity.as_system("test"):  # the mother has a door in another family too
        door_for(elsewhere.story, child_of(elsewhere.story), parent)
    client.force_login(door)
    EmailAddress.objects.create(user=door, email=door.email)
    marks = (str(family.story.pk), str(family.story.family_id), door.email)
    assert {"mail_wording", "mail_letter", "people_user"} <= places_of(*marks)
    officer, second = acting("privacy_officer"), acting("privacy_officer")
    with as_(officer):
        plan = verbs.propose_disposal(story=family.story.pk, by=officer)
    with as_(second):
        verbs.agree_disposal(disposal=plan, by=second)
    assert places_of(*marks) == {"earlyhelp_disposal"}
    assert Letter.objects.filter(address=elsewhere.lead.email).exists()
    door.refresh_from_db()
    assert (door.is_active, door.sessions.count(), door.has_usable_password()) == (False, 0, False)
    parent.refresh_from_db()
    assert parent.is_active
    with pytest.raises(ValueError, match="keeps their name"):
        empty_account(second)


@pytest.mark.django_db
def test_a_record_sealed_from_every_officer_goes_by_those_whom_its_readers_name(client):
    family, officer, second = closed(sealed=True), acting("privacy_officer"), make_coordinator()
    address = reverse("story-keepers", args=[family.story.pk])
    with as_(officer):
        assert verbs.list_due(by=officer) == []
    sign_in(client, officer.acting_for)
    assert client.get(address).status_code == 404
    sign_in(client, family.lead.acting_for)
    assert f"Say who lets go: {family.story.reference}" in client.get(reverse("my-day")).text
    assert "its time is over" in client.get(address).text
    alone = client.post(address, {"people": [second.pk]})
    assert "of whom one is a privacy officer" in alone.text
    assert client.post(address, {"people": [officer.pk, second.pk]}).status_code == 302
    assert client.get(address).status_code == 403
    assert Letter.objects.filter(address=officer.email).exists()
    with as_(officer):
        plan = verbs.propose_disposal(story=family.story.pk, by=officer)
    sign_in(client, officer.acting_for)
    assert client.get(reverse("story", args=[family.story.pk])).status_code == 404
    with as_(second):
        verbs.agree_disposal(disposal=plan, by=second)
    assert rows_of(family.story) == 0


@pytest.mark.django_db
def test_never_under_a_hold_nor_before_its_day_whatever_the_code_believes():
    family = closed()
    officer, second = acting("privacy_officer"), acting("privacy_officer")
    reference = family.story.reference
    with as_(officer):
        plan = verbs.propose_disposal(story=family.story.pk, by=officer)
        (hold,) = verbs.hold_record(reference=reference, why="An inquiry", by=officer)
        assert verbs.list_due(by=officer) == []
        with pytest.raises(verbs.NotThere):
            verbs.hold_record(reference="XX-0000", why="An inquiry", by=officer)
    with as_(second), pytest.raises(Moved):
        verbs.agree_disposal(disposal=plan, by=second)

    def by_the_database():
        with as_(second), transaction.atomic(), connection.cursor() as cursor:
            Disposal.objects.update(agreed_by=second, agreed_at=clock.now())
            cursor.execute("SELECT earlyhelp_dispose(%s)", [plan.pk])

    with pytest.raises(DatabaseError, match="not disposed of"):
        by_the_database()
    with as_(officer):
        verbs.lift_hold(hold=hold, by=officer)
    with identity.as_system("test"):
        Story.objects.update(keep_until=clock.today())
    with pytest.raises(DatabaseError, match="not disposed of"):
        by_the_database()
    with identity.as_system("test"):
        Story.objects.update(keep_until=clock.today() - timedelta(days=1))
        assert LegalHold.objects.get().lifted_by == officer.acting_for
    with as_(family.lead), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('said.disposing', 'yes', true)")
        cursor.execute("DELETE FROM earlyhelp_story")
        assert cursor.rowcount == 0
    by_the_database()
    assert rows_of(family.story) == 0


@pytest.mark.django_db
def test_every_table_of_families_can_be_emptied_by_the_function_alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'disposed'")
        assert set(TABLES) - {name for (name,) in cursor.fetchall()} == set()


@pytest.mark.django_db
def test_the_page_tells_references_and_takes_two(client):
    family = closed()
    officer, second = acting("privacy_officer"), acting("privacy_officer")
    sign_in(client, officer.acting_for)
    assert "Invented" not in client.get(reverse("keeping")).text
    wrong = client.post(reverse("keeping"), {"reference": "XX-0000", "why": "A claim"})
    assert wrong.status_code == 422
    assert "There is no record with this reference for you" in wrong.text
    client.post(reverse("disposal-propose", args=[family.story.pk]))
    with as_(officer):
        plan = Disposal.objects.get()
    assert client.post(reverse("disposal-decide", args=[plan.pk])).status_code == 403
    waits = f"Agree or not that it goes: {plan.reference}"
    assert waits not in client.get(reverse("my-day")).text
    sign_in(client, second.acting_for)
    assert waits in client.get(reverse("my-day")).text
    assert Letter.objects.filter(address=second.email).exists()
    empty = client.post(reverse("disposal-decide", args=[plan.pk]), {"stay": "1", "why": ""})
    assert "Say why it should stay" in empty.text
    client.post(reverse("disposal-decide", args=[plan.pk]), {"stay": "1", "why": "Not yet"})
    assert f"<b>{family.story.reference}</b>" in client.get(reverse("keeping")).text
    sign_in(client, acting("administrator").acting_for)
    assert client.get(reverse("keeping")).status_code == 403
