"""The database by itself shows a family's rows to nobody without a right, whatever the code asks."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import (
    Access,
    Asking,
    ChildsWords,
    Contact,
    Contribution,
    Family,
    FamilyMember,
    Look,
    Story,
    TeamMembership,
)
from tests.factories.earlyhelp import (
    as_,
    child_of,
    door_for,
    make_family,
    make_story,
    make_worker,
)
from tests.factories.people import make_organisation, make_user

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("earlyhelp").get_models())
# For whom an agency spoke, and what it signed, is no family's and stands open.
OF_AGENCIES = {"earlyhelp_confirmation", "earlyhelp_sharingagreement"}
OF_FAMILIES = [name for name in TABLES if name not in OF_AGENCIES]


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


def test_no_policy_goes_through_all_that_is_open():
    """A story is looked up among those that are open (migration 8); to compare each takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies "
            "WHERE concat(qual, with_check) ~ '= ANY .{0,12}earlyhelp_(stories|by_kind|families)'"
        )
        assert cursor.fetchall() == []


def test_no_policy_has_the_planner_work_out_what_is_open():
    """`unnest(f())` is worked out before anything is asked, `unnest((SELECT f()))` is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies "
            "WHERE concat(qual, with_check) LIKE '%unnest(earlyhelp%'"
        )
        assert cursor.fetchall() == []


def kept_rights():
    """What the database keeps of the rights of whoever acts, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('said.rights', true), '')")
        return cursor.fetchone()[0]


def keep(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('said.rights', %s, true)", [words])


def test_rights_are_worked_out_once_and_forgotten_when_one_changes(two):
    (lead, story), _ = two
    with as_(lead):
        assert rows("earlyhelp_cover") == 1
        before = kept_rights()
        assert str(story.pk) in before
        assert rows("earlyhelp_familymember") > 0
        assert kept_rights() == before
        with identity.as_system("test"):
            before_now = clock.now() - timedelta(hours=1)
            rights = Access.objects.filter(story=story.pk, person=lead.pk)
            rights.update(starts_at=before_now, ends_at=before_now)
        assert rows("earlyhelp_cover") == 0


def test_kept_rights_are_believed_of_nobody_else_and_only_as_they_were_signed(two):
    (lead, story), (other, _) = two
    with as_(lead):
        rows("earlyhelp_cover")
        mine = kept_rights()
    for who, said in ((other, mine), (other, "0" * 64 + mine[64:]), (make_worker(), mine)):
        with as_(who):
            keep(said)
            assert not Story.objects.filter(pk=story.pk).exists()
    with as_(lead):  # of another transaction, and with a story more
        keep(mine[:64] + mine[64:].replace("|", "|" + str(two[1][1].pk) + ",", 1))
        assert not Story.objects.filter(pk=two[1][1].pk).exists()


def test_every_table_is_locked_for_its_owner_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY (%s) "
            "AND relrowsecurity AND relforcerowsecurity", [TABLES],
        )  # fmt: skip
        locked = sorted(name for (name,) in cursor.fetchall())
    assert locked == TABLES


@pytest.mark.parametrize("table", OF_FAMILIES)
def test_nobody_sees_nothing(table, two):
    assert rows(table) == 0


@pytest.mark.parametrize("table", OF_FAMILIES)
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


def end(post):
    """Their post is over since yesterday."""
    day = clock.today() - timedelta(days=1)
    type(post).objects.filter(pk=post.pk).update(starts_on=day, ends_on=day)


def own_rows(person):
    """What is theirs in the tables that leave one's own work to oneself."""
    with as_(person):
        return [model.objects.count() for model in (TeamMembership, Contribution, Contact, Asking)]


def test_own_work_is_a_live_posts_alone():
    family = make_family()
    with as_(family.member):
        verbs.contribute(story=family.story, section="home", by=family.member)
        verbs.keep_contact(story=family.story, kind="call", who=[], what="x", by=family.member)
        Asking.objects.create(
            story=family.story, from_post=family.member.acting_for, words="x",
            to_post=family.lead.acting_for, due_on=clock.today(),
        )  # fmt: skip
    assert own_rows(family.member) == [2, 1, 1, 1]
    end(family.member.acting_for)
    assert own_rows(family.member) == [0, 0, 0, 0]


def test_a_closed_account_is_nobody(two):
    lead, story = two[0]
    with as_(lead):
        assert Look.objects.count() == 1
    type(lead).objects.filter(pk=lead.pk).update(is_active=False)
    for person in (lead, SimpleNamespace(pk=lead.pk, acting_for=None)):
        with as_(person):
            assert {table for table in OF_FAMILIES if rows(table)} <= {"earlyhelp_patch"}
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            as_(person),
        ):
            Look.objects.create(story=story, person=lead, part="x", purpose="x")


def test_who_is_quiet_in_one_family_is_not_so_in_another():
    """Of a mother in two families: her colleague in the one is hidden in the other alone."""
    here, there = make_family(), make_family()
    worker = here.member
    with identity.as_system("test"):
        door_for(there.story, child_of(there.story, "Wren Invented"), here.parent)
        TeamMembership.objects.create(
            story=there.story, post=worker.acting_for, purpose="Refuge", quiet=True,
            ends_on=clock.today(), agreement=there.story.agreements.get(),
            invited_by=there.lead.acting_for,
        )  # fmt: skip
        Access.objects.create(
            story=there.story, family_id=there.story.family_id, person=worker, part="write",
            post=worker.acting_for, kind="membership", ends_at=clock.now() + timedelta(days=9),
        )  # fmt: skip
    for family in (here, there):
        with as_(worker):
            made = verbs.contribute(story=family.story, section="home", by=worker)
            verbs.save_contribution(contribution=made, seen=0, worries="x", by=worker)
            made.refresh_from_db()
            verbs.sign_contribution(contribution=made, by=worker)
            verbs.read_story(story=family.story, part="story", purpose="x", by=worker)
    with as_(here.parent):
        for model in (Contribution, Look):
            assert [one.story_id for one in model.objects.all()] == [here.story.pk], model
