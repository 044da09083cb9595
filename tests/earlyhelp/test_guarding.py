"""Seals and safe addresses: who sets them, for whom the record or the address is there at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Look, SafeAddress, Seal
from tests.factories.earlyhelp import as_, child_of, fresh, make_family, make_worker
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
WHERE = "Refuge House, 7 Nowhere Lane"


@pytest.fixture
def family():
    return make_family()


def seal(family, *named, subject=None):
    with as_(family.lead):
        return verbs.seal_record(
            story=fresh(family.story), readers=[one.pk for one in named], why="She fled",
            subject=subject, by=family.lead,
        )  # fmt: skip


def keep(family, *named):
    with as_(family.lead):
        return verbs.keep_safe_address(
            story=fresh(family.story), member=child_of(family.story), words=WHERE,
            readers=[one.pk for one in named], by=family.lead,
        )  # fmt: skip


def test_a_sealed_record_is_there_for_the_named_alone(family):
    made = seal(family, family.supervisor)
    assert made.readers == sorted([family.lead.pk, family.supervisor.pk])
    assert made.review_on == clock.today() + timedelta(days=90)
    for person, seen in ((family.lead, 1), (family.supervisor, 1), (family.member, 0)):
        with as_(person):
            assert permissions.visible_stories(person).count() == seen
            assert permissions.visible_seals(person, family.story).count() == seen
    assert Line.objects.filter(verb="seal_record").count() == 1


def test_a_seal_names_somebody_else_who_works_with_the_family(family):
    for named in ([], [family.lead], [make_worker()], [family.parent]):
        with pytest.raises(verbs.AloneWithIt):
            seal(family, *named)


def test_who_may_not_seal(family):
    for person in (family.member, family.parent, make_worker(), acting("administrator")):
        with as_(person), pytest.raises(Refused):
            verbs.seal_record(story=family.story, readers=[family.lead.pk], why="x", by=person)


def test_a_seal_never_ends_by_silence_and_is_kept_or_lifted_by_the_named(family):
    made = seal(family, family.supervisor)
    with identity.as_system("test"):
        Seal.objects.update(review_on=clock.today() - timedelta(days=400))
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 0
        with pytest.raises(Refused):
            verbs.lift_seal(story=family.story, seal=made, why="x", by=family.member)
    with as_(family.supervisor):
        verbs.review_seal(story=family.story, seal=made, by=family.supervisor)
        made.refresh_from_db()
        assert made.review_on > clock.today()
        verbs.lift_seal(story=family.story, seal=made, why="He is gone", by=family.supervisor)
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 1


def close(family):
    with as_(family.lead):
        verbs.ask_to_close(
            story=fresh(family.story), reason="met", words="Well", continues="", by=family.lead
        )
    with as_(family.supervisor):
        verbs.close_story(story=fresh(family.story), by=family.supervisor)
        family.story = fresh(family.story)


@pytest.mark.parametrize("who", ["lead", "supervisor"])
def test_a_seal_outlives_the_work_and_who_keeps_the_file_looks_at_it_again(family, who):
    made = seal(family, family.supervisor)
    close(family)
    keeper = getattr(family, who)
    with as_(keeper):
        assert permissions.seals_due(keeper, made.review_on).count() == 1
        verbs.review_seal(story=family.story, seal=made, by=keeper)
        verbs.lift_seal(story=family.story, seal=made, why="He moved away", by=keeper)
        assert permissions.visible_seals(keeper, family.story).count() == 0
    with identity.as_system("test"):
        assert Seal.objects.get(pk=made.pk).lifted_why == "He moved away"


def test_after_a_family_took_everything_back_its_seal_is_still_looked_at(family):
    made = seal(family, family.supervisor, family.parent)
    with as_(family.parent):
        verbs.withdraw_agreement(story=fresh(family.story), words="No more", by=family.parent)
    for person in (family.lead, family.supervisor):
        with as_(person):
            verbs.review_seal(story=fresh(family.story), seal=made, by=person)


def test_once_closed_nobody_else_whom_a_seal_names_lifts_it(family):
    made = seal(family, family.supervisor, family.member, family.parent)
    close(family)
    for person in (family.member, family.parent, make_worker()):
        with as_(person):
            assert permissions.visible_seals(person, family.story).count() == 0
            with pytest.raises(Refused):
                verbs.lift_seal(story=family.story, seal=made, why="x", by=person)
            # And the second lock alone: the row does not move.
            assert not Seal.objects.filter(pk=made.pk).update(lifted_why="x")


def test_an_address_is_closed_in_the_database_and_opens_for_the_named(family):
    kept = keep(family, family.member)
    with identity.as_system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT closed FROM earlyhelp_safeaddress")
        assert b"Nowhere" not in bytes(cursor.fetchone()[0])
    with as_(family.member):
        told = verbs.open_safe_address(
            story=family.story, address=kept, purpose="visit", by=family.member
        )
    assert told == WHERE
    with as_(family.lead):
        assert Look.objects.values_list("person", "part", "purpose", "member").get() == (
            family.member.pk, "safe address", "visit", kept.member_id,
        )  # fmt: skip


def test_nobody_else_opens_it(family):
    kept = keep(family)
    for person in (family.member, family.supervisor, family.parent, make_worker()):
        with as_(person), pytest.raises(Refused):
            verbs.open_safe_address(story=family.story, address=kept, purpose="visit", by=person)
    with as_(family.supervisor), pytest.raises(Refused):
        verbs.keep_safe_address(
            story=family.story, member=child_of(family.story), words="x", readers=[],
            by=family.supervisor,
        )  # fmt: skip


def test_a_new_address_takes_the_place_of_the_old(family):
    keep(family, family.member)
    keep(family)
    with identity.as_system("test"):
        assert SafeAddress.objects.filter(replaced_at__isnull=True).count() == 1
    with as_(family.member):
        assert permissions.visible_addresses(family.member, family.story).count() == 0


# ------------------------------------------------------------------ pages


def page(client, family, name="story-guards", *more):
    return reverse(name, args=[family.story.pk, *more])


def test_the_lead_seals_on_a_page_and_hears_what_is_missing(client, family):
    sign_in(client, family.lead)
    path = page(client, family, "story-seal")
    alone = client.post(path, {"why": "She fled", "subject": "", "readers": []})
    assert alone.status_code == 422
    assert "She fled" in alone.text
    done = client.post(path, {"why": "She fled", "subject": "", "readers": [family.supervisor.pk]})
    assert done.status_code == 302
    shown = client.get(page(client, family))
    assert "She fled" in shown.text
    assert family.supervisor.name in shown.text


def test_a_seal_is_looked_at_again_on_its_page(client, family):
    made = seal(family, family.supervisor)
    sign_in(client, family.supervisor)
    path = page(client, family, "seal-review", made.pk)
    assert client.get(path).status_code == 200
    assert client.post(path, {"decision": "lift", "why": ""}).status_code == 422
    assert client.post(path, {"decision": "keep", "why": ""}).status_code == 302
    assert client.post(path, {"decision": "lift", "why": "Safe now"}).status_code == 302
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 1


def test_an_address_is_shown_after_the_press_and_nowhere_else(client, family):
    kept = keep(family, family.member)
    sign_in(client, family.member)
    before = client.get(page(client, family))
    assert WHERE not in before.text
    story = client.get(reverse("story", args=[family.story.pk]))
    assert WHERE not in story.text
    assert client.post(page(client, family, "address-open", kept.pk), {}).status_code == 422
    opened = client.post(page(client, family, "address-open", kept.pk), {"purpose": "visit"})
    assert WHERE in opened.text
    assert opened["Cache-Control"] == "no-store"


def test_a_lead_writes_an_address_down_on_a_page(client, family):
    sign_in(client, family.lead)
    path = page(client, family, "address-keep")
    child = str(child_with(family).pk)
    assert client.post(path, {"member": child, "words": ""}).status_code == 422
    assert client.post(path, {"member": child, "words": WHERE}).status_code == 302
    assert "lead" in client.get(page(client, family)).text


def child_with(family):
    with as_(family.lead):
        return child_of(family.story)


def test_for_the_unnamed_a_sealed_record_answers_like_no_record(client, family):
    made = seal(family, family.supervisor)
    kept = keep(family)
    nowhere = make_family()
    with identity.as_system("test"):
        other = nowhere.story.pk
    for person in (family.member, make_worker()):
        sign_in(client, person)
        names = [
            ("story", []), ("story-guards", []), ("story-seal", []), ("address-keep", []),
            ("seal-review", [made.pk]),
        ]  # fmt: skip
        for name, more in names:
            there = client.get(reverse(name, args=[family.story.pk, *more]))
            absent = client.get(reverse(name, args=[other, *more]))
            assert there.status_code == absent.status_code == 404
            assert there.content == absent.content
        path = reverse("address-open", args=[family.story.pk, kept.pk])
        assert client.post(path, {"purpose": "visit"}).status_code == 404


def test_who_is_in_the_team_without_being_named_reads_contact_through_the_lead(client, family):
    keep(family)
    sign_in(client, family.member)
    shown = client.get(page(client, family))
    assert "through the lead" in shown.text
    assert "safe address is kept" not in shown.text


def test_the_keeper_of_a_closed_file_comes_to_its_seal_from_the_story(client, family):
    made = seal(family, family.supervisor)
    close(family)
    sign_in(client, family.lead)
    assert page(client, family) in client.get(page(client, family, "story")).text
    shown = client.get(page(client, family)).text
    assert page(client, family, "seal-review", made.pk) in shown
    assert f"{family.supervisor.name}, {family.lead.name}" in shown
    path = page(client, family, "seal-review", made.pk)
    assert client.post(path, {"decision": "keep", "why": ""}).status_code == 302
    assert client.get(page(client, family, "story-seal")).status_code == 404
