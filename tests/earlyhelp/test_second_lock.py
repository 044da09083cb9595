"""The database by itself shows a family's rows to nobody without a right, whatever the code asks."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import (
    Access,
    ChildsWords,
    Contribution,
    Family,
    FamilyMember,
    Look,
    Story,
)
from tests.factories.earlyhelp import as_, child_of, door_for, make_story, make_worker
from tests.factories.people import make_organisation, make_user

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("earlyhelp").get_models())


def rows(table):
    """How many rows of a table the database shows now, past every check in code."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


@pytest.fixture
def two():
    """Two families, each with a story that its own worker leads, with words and a draft in it."""
    pair = []
    for _ in range(2):
        lead = make_worker()
        with as_(lead):
            story = make_story(lead)
            verbs.begin_assessment(story=story, by=lead)
            verbs.record_childs_words(
                story=story, child=child_of(story), words="I like my gran", audience="team",
                how="talking", by=lead,
            )  # fmt: skip
            verbs.record_childs_words(
                story=story, child=child_of(story), words="Only you", audience="worker",
                how="drawing", by=lead,
            )  # fmt: skip
            verbs.contribute(story=story, section="home", by=lead)
            verbs.read_story(story=story, part="story", purpose="read", by=lead)
        pair.append((lead, story))
    return pair


def test_every_table_is_locked_for_its_owner_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY (%s) "
            "AND relrowsecurity AND relforcerowsecurity", [TABLES],
        )  # fmt: skip
        locked = sorted(name for (name,) in cursor.fetchall())
    assert locked == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_nobody_sees_nothing(table, two):
    assert rows(table) == 0


@pytest.mark.parametrize("table", TABLES)
def test_a_stranger_sees_nothing(table, two):
    with as_(make_worker()):
        assert rows(table) == 0


def test_each_lead_sees_one_family_and_all_of_it(two):
    for lead, story in two:
        with as_(lead):
            assert [one.pk for one in Story.objects.all()] == [story.pk]
            assert [one.pk for one in Family.objects.all()] == [story.family_id]
            assert FamilyMember.objects.count() == 3
            assert ChildsWords.objects.count() == 2
            assert Contribution.objects.count() == 1
            assert Look.objects.count() == 1


def test_the_same_person_for_another_post_sees_nothing(two):
    lead, _ = two[0]
    with identity.acting(lead.pk, lead.acting_for.pk + 1000, purpose="test"):
        assert rows("earlyhelp_story") == 0


def test_a_post_that_ends_takes_everything_with_it(two):
    lead, _ = two[0]
    lead.acting_for.ends_on = clock.today().replace(year=2020)
    type(lead.acting_for).objects.filter(pk=lead.acting_for.pk).update(
        starts_on=lead.acting_for.ends_on, ends_on=lead.acting_for.ends_on
    )
    with as_(lead):
        assert rows("earlyhelp_story") == 0


def test_a_colleague_in_the_team_sees_what_is_shared(two):
    school = make_organisation(sector="school")
    lead, teacher = make_worker(), make_worker(school)
    with as_(lead):
        story = make_story(lead, school)
        child = child_of(story)
        for audience in ("worker", "team", "decide"):
            verbs.record_childs_words(
                story=story, child=child, words=audience, audience=audience, how="x", by=lead
            )
        verbs.contribute(story=story, section="home", by=lead)
        verbs.invite_to_team(story=story, post=teacher.acting_for, purpose="School", by=lead)
    with as_(teacher):
        assert sorted(ChildsWords.objects.values_list("words", flat=True)) == ["decide", "team"]
        assert Contribution.objects.count() == 0  # another's draft
        assert Access.objects.exclude(person=teacher.pk).count() == 0


def test_a_parent_sees_the_family_and_not_what_the_child_kept(two):
    lead, story = two[0]
    parent = make_user()
    with as_(lead):
        mother = child_of(story, "Marta Invented")
    with identity.acting(identity.SYSTEM, purpose="system-door"):
        door_for(story, mother, parent)
    with as_(parent):
        assert Story.objects.count() == 1
        assert FamilyMember.objects.count() == 3
        assert ChildsWords.objects.count() == 0
        assert rows("earlyhelp_level") == 0


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE earlyhelp_story SET state = 'paused'",
        "DELETE FROM earlyhelp_story",
        "UPDATE earlyhelp_access SET ends_at = ends_at + interval '9 years'",
        "DELETE FROM earlyhelp_look",
    ],
)
def test_a_stranger_changes_nothing(query, two):
    with as_(make_worker()), connection.cursor() as cursor:
        cursor.execute(query) if "look" not in query else None
        assert "look" in query or cursor.rowcount == 0


def test_nobody_gives_themselves_a_right(two):
    _, story = two[0]
    thief = make_worker()
    for part, kind in (("lead", "lead"), ("read", "membership"), ("know", "coordination")):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():  # noqa: SIM117
            with as_(thief):
                Access.objects.create(
                    story_id=story.pk, family_id=story.family_id, person=thief,
                    post=thief.acting_for, part=part, kind=kind, ends_at=clock.now(),
                )  # fmt: skip


def test_a_leaver_does_not_lengthen_a_right(two):
    lead, _ = two[0]
    school = make_organisation(sector="school")
    teacher = make_worker(school)
    with as_(lead):
        other = make_story(lead, school)
        verbs.invite_to_team(story=other, post=teacher.acting_for, purpose="School", by=lead)
    with (
        pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(),
        as_(teacher),
    ):  # fmt: skip
        Access.objects.update(ends_at=clock.now().replace(year=2090))


def test_words_are_never_edited(two):
    lead, _ = two[0]
    with (
        pytest.raises(ProgrammingError, match="never changed"), transaction.atomic(), as_(lead)
    ):  # fmt: skip
        ChildsWords.objects.update(words="nicer")
