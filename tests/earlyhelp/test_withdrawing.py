"""Rule 3: the door shuts at once on every channel, and the duty stays."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Agreement, Asking, Cover, Look, Seal, Story
from saidanddone.mail.models import Wording
from tests.factories.earlyhelp import as_, child_of, door_for, fresh, make_family, make_worker
from tests.factories.people import acting, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def two(family):
    """Both parents agreed, and each has a door."""
    family.other = make_user()
    with identity.as_system("test"):
        first = Agreement.objects.get()
        him = child_of(family.story, "Wren Invented")
        him.kind = "adult"
        him.save()
        door_for(family.story, him, family.other)
        Agreement.objects.create(
            family_id=first.family_id, story=first.story, member=him, version=1, words="Fine",
            agencies=first.agencies, until=clock.today() + timedelta(days=90), how="typed",
        )  # fmt: skip
    return family


def wrote(family):
    with as_(family.member):
        made = verbs.contribute(story=family.story, section="home", by=family.member)
        verbs.save_contribution(
            contribution=made, seen=0, strengths="Warm at school", by=family.member
        )


def stop(family, person, agency=None):
    with as_(person):
        verbs.withdraw_agreement(
            story=fresh(family.story), words="Enough", agency=agency, by=person
        )


def test_the_open_page_refuses_the_next_click_and_offers_what_is_left(client, family):
    wrote(family)
    sign_in(client, family.member)
    address = reverse("story", args=[family.story.pk])
    assert client.get(address).status_code == 200
    stop(family, family.parent, family.member.acting_for.organisation)
    shown = client.get(address)
    assert shown.status_code == 403
    assert "Warm at school" in shown.text
    assert reverse("ask-or-tell", args=[family.story.pk]) in shown.text
    assert "Invented" not in shown.text
    assert family.story.reference not in client.get(reverse("stories")).text
    with identity.as_system("test"):
        assert list(Look.objects.order_by("at").values_list("part", "refused")) == [
            ("story", False), ("own-work", False), ("story", True),
        ]  # fmt: skip


def test_the_page_that_stops_it_says_so_and_does_it(client, family):
    sign_in(client, family.parent, strong=False)
    before = set(Wording.objects.values_list("pk", flat=True))
    school = family.member.acting_for.organisation
    address = reverse("our-story-stop", args=[family.story.pk])
    assert school.name in client.get(address).text
    answer = client.post(address, {"whom": school.pk, "words": "Not them"})
    assert answer.status_code == 302
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 0
    assert Line.objects.filter(verb="withdraw_agreement").count() == 1
    written = Wording.objects.exclude(pk__in=before)
    assert {wording.subject for wording in written} == {"Something needs you"}
    assert not [one for one in written if "Invented" in one.text + one.about]


def test_what_was_being_typed_when_the_door_shut_is_shown(client, family):
    wrote(family)
    stop(family, family.parent, family.member.acting_for.organisation)
    sign_in(client, family.member)
    address = reverse("section-save", args=[family.story.pk, "home"])
    shown = client.post(address, {"worries": "Late three times this week"})
    assert shown.status_code == 403
    assert "Late three times this week" in shown.text


def test_it_stops_for_the_agency_that_led_too(family):
    stop(family, family.parent, family.lead.acting_for.organisation)
    for person in (family.lead, family.supervisor):
        with as_(person):
            assert permissions.visible_stories(person).count() == 0
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 1


def test_two_parents_differ_and_each_agreement_stands_for_itself(client, two):
    stop(two, two.parent)
    with as_(two.lead):
        assert permissions.visible_stories(two.lead, {"lead"}).count() == 1
        assert Agreement.objects.filter(withdrawn_at=None).get().words == "Fine"
        assert fresh(two.story).withdrawn_at is None
    with as_(two.member):
        assert permissions.visible_stories(two.member).count() == 0
    with as_(two.other):
        assert Agreement.objects.get().withdrawn_at is None
        assert permissions.own_agreements(two.other, fresh(two.story)).count() == 1
    sign_in(client, two.lead)
    with as_(two.lead):
        taken = Agreement.objects.exclude(withdrawn_at=None).get()
    address = reverse("story-safety", args=[two.story.pk])
    assert "how it was resolved" in client.get(f"{address}?difference={taken.pk}").text
    client.post(address, {"agreement": taken.pk, "words": "They spoke, and school stays out"})
    with as_(two.lead):
        taken.refresh_from_db()
        assert taken.disagreement == "They spoke, and school stays out"
    stop(two, two.other)
    with as_(two.lead):
        assert fresh(two.story).withdrawn_at is not None
        assert permissions.story_verbs(two.lead, fresh(two.story)) == {"read_story"}


def test_lead_and_supervisor_say_whether_a_child_is_less_safe(client, family):
    stop(family, family.parent)
    address = reverse("story-safety", args=[family.story.pk])
    sign_in(client, family.supervisor)
    assert client.get(address).status_code == 200
    sign_in(client, family.lead)
    assert client.post(address, {"words": ""}).status_code == 422
    client.post(address, {"words": "Kit is seen at school each day"})
    with identity.as_system("test"):
        assert Cover.objects.get().safety == "Kit is seen at school each day"
        assert Story.objects.get().safety_answered_at is not None
    for person in (family.parent, make_worker(), acting("administrator")):
        sign_in(client, person)
        assert client.get(address).status_code == (404 if person.acting_for else 302)
        with as_(person), pytest.raises(Refused):
            verbs.answer_safety(story=family.story, words="x", by=person)


def test_nobody_stops_it_for_somebody_else(family):
    son = make_user()
    with identity.as_system("test"):
        door_for(family.story, child_of(family.story), son)
    for person in (son, make_user(), family.member, acting("administrator")):
        with as_(person), pytest.raises(Refused):
            verbs.withdraw_agreement(story=family.story, words="x", by=person)


def shut(family):
    stop(family, family.parent, family.member.acting_for.organisation)
    with as_(family.member):
        return permissions.own_past(family.member, family.story.pk)


def test_the_one_button_reaches_a_named_person_who_answers_and_says_why(client, family):
    shut(family)
    sign_in(client, family.member)
    address = reverse("ask-or-tell", args=[family.story.pk])
    assert client.post(address, {"kind": "ask"}).status_code == 422
    typed = {"kind": "tell", "words": "Kit has a bruise", "once": uuid.uuid4()}
    sent = client.post(address, typed)
    assert client.post(address, typed)["Location"] == sent["Location"]
    page = client.get(sent["Location"])
    assert family.lead.name in page.text
    with identity.as_system("test"):
        made = Asking.objects.get()
        assert made.to_post == family.lead.acting_for
        assert made.due_on > made.asked_at.date()
    sign_in(client, family.lead)
    assert "Kit has a bruise" in client.get(sent["Location"]).text
    client.post(sent["Location"], {"shared": "yes", "answer": "Taken in", "why": "Safety"})
    sign_in(client, family.member)
    assert "Taken in" in client.get(sent["Location"]).text
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 0
    asked = [line.verb for line in Line.objects.filter(verb__contains="as").order_by("pk")]
    assert [verb for verb in asked if verb in {"ask_or_tell", "answer_asking"}] == [
        "ask_or_tell", "answer_asking",
    ]  # fmt: skip


def test_an_asking_is_nowhere_for_others(client, family):
    past = shut(family)
    with as_(family.member):
        made = verbs.ask_or_tell(past=past, words="x", tells=False, by=family.member)
    for person in (make_worker(), family.parent, acting("administrator")):
        sign_in(client, person)
        there = client.get(reverse("asking", args=[made.pk]))
        nowhere = client.get(reverse("asking", args=[uuid.UUID(int=7)]))
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
        if person.acting_for:
            assert there.status_code == 404


def test_a_stranger_and_whoever_is_sealed_out_have_no_button(client, family):
    shut(family)
    with identity.as_system("test"):
        Seal.objects.create(
            family_id=family.story.family_id, why="refuge", readers=[family.lead.pk],
            set_by=family.lead.acting_for, review_on=clock.today(),
        )  # fmt: skip
    for person in (family.member, make_worker()):
        sign_in(client, person)
        for page in ("story", "ask-or-tell"):
            there = client.get(reverse(page, args=[family.story.pk]))
            nowhere = client.get(reverse(page, args=[uuid.UUID(int=7)]))
            assert there.status_code == nowhere.status_code == 404
            assert there.content == nowhere.content
