"""The rules of docs/access.md that follow from posts, seals and kinship: each by both locks alone."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import (
    Access,
    BreakGlass,
    ChildsWords,
    Conflict,
    Contact,
    Cover,
    Family,
    FamilyMember,
    Look,
    SafeAddress,
    Seal,
    Story,
)
from saidanddone.people.models import Post
from tests.factories.earlyhelp import (
    as_,
    child_of,
    fresh,
    make_coordinator,
    make_family,
    make_worker,
)
from tests.factories.people import acting

pytestmark = pytest.mark.django_db
NO_CONTENT = [Family, FamilyMember, Cover, ChildsWords]


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def unlocked():
    """Inside, the database's lock is off: what is left is the code's own."""

    @transaction.atomic
    def count(person):
        with identity.as_system("test"):
            return permissions.visible_stories(person).count()

    return count


def held(person, story):
    """What the code says that they hold, and whether the database shows them the story."""
    with as_(person):
        rights = Access.objects.of(person).filter(story=story.pk)
        return set(rights.values_list("held", flat=True)), Story.objects.filter(
            pk=story.pk
        ).exists()


def test_each_holds_their_part(family):
    assert held(family.lead, family.story) == ({"lead", "write"}, True)
    assert held(family.member, family.story) == ({"write"}, True)
    assert held(family.supervisor, family.story) == ({"oversee", "read"}, True)
    assert held(make_worker(), family.story) == (set(), False)
    family.parent.acting_for = None
    assert held(family.parent, family.story) == ({"family"}, True)


def test_a_supervisor_sees_while_they_supervise(family):
    Post.objects.filter(pk=family.lead.acting_for.pk).update(lead=None)
    assert held(family.supervisor, family.story) == (set(), False)


def test_no_story_is_without_a_lead_when_a_post_ends(family):
    Post.objects.filter(pk=family.lead.acting_for.pk).update(
        ended_at=clock.now(), ended_by=family.supervisor
    )
    parts, seen = held(family.supervisor, family.story)
    assert (parts, seen) == ({"lead"}, True)
    with as_(family.supervisor):
        assert "invite_to_team" in permissions.story_verbs(family.supervisor, fresh(family.story))
    assert held(family.lead, family.story)[1] is False


@pytest.mark.parametrize("how", ["closed", "withdrawn"])
def test_no_file_is_without_a_keeper_when_a_post_ends(family, how):
    if how == "closed":
        with as_(family.lead):
            verbs.ask_to_close(
                story=fresh(family.story), reason="met", words="x", continues="", by=family.lead
            )
        with as_(family.supervisor):
            verbs.close_story(story=fresh(family.story), by=family.supervisor)
    else:
        with as_(family.parent):
            verbs.withdraw_agreement(story=fresh(family.story), words="No", by=family.parent)
    Post.objects.filter(pk=family.lead.acting_for.pk).update(
        ended_at=clock.now(), ended_by=family.supervisor
    )
    assert held(family.supervisor, family.story) == ({"read"}, True)
    assert held(family.lead, family.story)[1] is False
    with as_(family.supervisor):
        asked = permissions.safety_to_answer(family.supervisor).exists()
    assert asked is (how == "withdrawn")


def test_a_coordinator_knows_that_it_is_there_and_no_word_of_it(family):
    coordinator = make_coordinator()
    assert held(coordinator, family.story) == ({"know"}, True)
    with as_(coordinator):
        assert [model.objects.count() for model in NO_CONTENT] == [0, 0, 0, 0]
        assert permissions.listed_stories(coordinator).count() == 1


def test_a_relative_never_works_with_the_record(family, unlocked):
    with identity.as_system("test"):
        Conflict.objects.create(
            family_id=family.story.family_id, person=family.member, relation="aunt",
            declared_by=family.lead,
        )  # fmt: skip
    assert held(family.member, family.story) == (set(), False)
    assert unlocked(family.member) == 0


def seal(family, *readers, subject=None):
    with identity.as_system("test"):
        return Seal.objects.create(
            family_id=family.story.family_id, subject=subject, why="refuge",
            readers=[one.pk for one in readers], set_by=family.lead.acting_for,
            review_on=clock.today() + timedelta(days=90),
        )  # fmt: skip


def test_a_sealed_record_does_not_exist_for_the_unnamed(family, unlocked):
    seal(family, family.lead)
    for person in (family.member, family.supervisor, make_coordinator(), family.parent):
        assert held(person, family.story) == (set(), False)
        assert unlocked(person) == 0
        with as_(person):
            assert Access.objects.filter(story=family.story.pk).count() == 0
            assert Seal.objects.count() == 0
    assert held(family.lead, family.story)[1] is True


def test_a_sealed_part_does_not_exist_for_the_unnamed(family):
    with as_(family.lead):
        said = verbs.record_childs_words(
            story=family.story, child=child_of(family.story), words="x", audience="team", how="x",
            by=family.lead,
        )  # fmt: skip
    seal(family, family.lead, subject=said.pk)
    with as_(family.member):
        assert ChildsWords.objects.count() == 0
    with as_(family.lead):
        assert ChildsWords.objects.count() == 1


def test_broken_glass_reads_for_an_hour_and_writes_nothing(family):
    stranger = make_worker()
    with identity.as_system("test"):
        Access.objects.create(
            story=family.story, family_id=family.story.family_id, person=stranger,
            post=stranger.acting_for, part="read", kind="break_glass",
            ends_at=clock.now() + timedelta(minutes=60),
        )  # fmt: skip
    assert held(stranger, family.story) == ({"read"}, True)
    with as_(stranger):
        assert Story.objects.update(state="closed") == 0
        assert permissions.story_verbs(stranger, family.story) == {"read_story"}


def test_nobody_breaks_the_glass_by_writing_the_right_themselves(family):
    for thief in (make_worker(), family.lead):
        with pytest.raises(ProgrammingError), transaction.atomic(), as_(thief):
            Access.objects.create(
                story=family.story, family_id=family.story.family_id, person=thief,
                post=thief.acting_for, part="read", kind="break_glass", ends_at=clock.now(),
            )  # fmt: skip


def test_a_safe_address_is_there_for_the_named_alone(family):
    with identity.as_system("test"):
        SafeAddress.objects.create(
            member=child_of(family.story), family_id=family.story.family_id, closed=b"x",
            readers=[family.lead.pk, make_worker().pk], set_by=family.lead.acting_for,
        )  # fmt: skip
    for person, rows in ((family.lead, 1), (family.member, 0), (family.supervisor, 0)):
        with as_(person):
            assert SafeAddress.objects.count() == rows
    Post.objects.filter(pk=family.lead.acting_for.pk).update(
        ended_at=clock.now(), ended_by=family.supervisor
    )
    with as_(family.lead):
        assert SafeAddress.objects.count() == 0


def test_a_contact_is_for_its_author_the_lead_and_the_supervisor(family):
    with as_(family.lead):
        Contact.objects.create(
            story=family.story, post=family.lead.acting_for, kind="visit", what="tea"
        )
    counts = []
    for person in (family.lead, family.supervisor, family.member, family.parent):
        with as_(person):
            counts.append(Contact.objects.count())
    assert counts == [1, 1, 0, 0]


def test_a_quiet_colleague_is_nowhere_in_what_the_family_sees(family):
    with identity.as_system("test"):
        family.story.team.filter(post=family.member.acting_for).update(quiet=True)
    with as_(family.member):
        made = verbs.contribute(story=family.story, section="home", by=family.member)
        verbs.save_contribution(contribution=made, seen=0, worries="x", by=family.member)
        made.refresh_from_db()
        verbs.sign_contribution(contribution=made, by=family.member)
        verbs.read_story(story=family.story, part="story", purpose="x", by=family.member)
    with as_(family.parent):
        assert permissions.visible_contributions(family.parent, family.story).count() == 0
        assert Look.objects.count() == 0
    with identity.as_system("test"):
        assert permissions.visible_contributions(family.parent, family.story).count() == 0
        assert permissions.visible_looks(family.parent, family.story).count() == 0
        assert permissions.visible_team(family.parent, family.story).count() == 1
    with as_(family.parent):
        assert family.story.team.count() == 1


def test_the_privacy_officer_sees_looks_and_no_content(family):
    officer = acting("privacy_officer")
    with as_(family.lead):
        verbs.read_story(story=family.story, part="story", purpose="x", by=family.lead)
    with identity.as_system("test"):
        BreakGlass.objects.create(
            story=family.story, person=family.member, post=family.member.acting_for, why="x",
            ends_at=clock.now() + timedelta(minutes=60), review_by=clock.today(),
        )  # fmt: skip
    with as_(officer):
        assert (Look.objects.count(), BreakGlass.objects.count()) == (1, 1)
        assert [model.objects.count() for model in [*NO_CONTENT, Story]] == [0, 0, 0, 0, 0]


def test_without_anybody_there_is_nothing(family):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM earlyhelp_access")
        assert cursor.fetchone() == (0,)
