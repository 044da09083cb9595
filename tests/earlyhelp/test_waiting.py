"""My day tells what waits in families' records: references, numbers and days, never a name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Contribution
from tests.factories.earlyhelp import (
    as_,
    child_of,
    fresh,
    make_coordinator,
    make_planned,
    make_worker,
)
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    """A planned family whose review is late, with a seal, a draft, an asking and broken glass."""
    family = make_planned(weeks_ago=14)
    story, lead = family.story, family.lead
    with clock.stand_at(clock.now() - timedelta(weeks=13)), as_(lead):
        child = child_of(story)
        draft = verbs.contribute(story=story, section="health", by=lead)
        verbs.save_contribution(contribution=draft, seen=0, worries="Unsigned", by=lead)
        words = verbs.record_childs_words(
            story=story, child=child, words="x", audience="team", how="x", by=lead
        )
        readers = [lead.pk, family.supervisor.pk]
        verbs.seal_record(story=story, readers=readers, why="x", subject=words.pk, by=lead)
    family.glass = acting("practitioner")
    with as_(family.glass):
        verbs.break_glass(
            name=child.name, born_on=child.born_on, why="Not seen for days", by=family.glass
        )
    with as_(lead):
        verbs.withdraw_agreement(
            story=fresh(story), agency=family.member.acting_for.organisation, words="No", by=lead
        )
    return family


def day_of(client, user):
    sign_in(client, user.acting_for)
    page = client.get(reverse("my-day"))
    assert "Invented" not in page.text
    return page.text


def test_each_finds_what_waits_for_them_by_reference(client, family):
    reference = fresh_reference(family)
    led = day_of(client, family.lead)
    for deed in ("Look back with", "Sign what you wrote for", "Look again at what is sealed for"):
        assert f"{deed}: {reference}" in led
    assert f"Say if a child is less safe: {reference}" in led
    overseen = day_of(client, family.supervisor)
    assert "See 1 late review" in overseen
    assert "See 1 late step" in overseen
    assert "1 step late" in client.get(reverse("stories-caseload")).text
    coordinator = make_coordinator()
    verbs.ask_for_help(
        by=None, asked_as="parent", asker_name="A", asker_reach="", who="B", words="C"
    )
    seen = day_of(client, coordinator)
    assert "See 1 late review" in seen
    assert "Answer 1 request for help" in seen
    officer = acting("privacy_officer")
    assert "Review what was opened in an emergency" in day_of(client, officer)
    assert "Review what was opened" not in day_of(client, family.glass)
    sponsor = acting("agency_sponsor", organisation=family.glass.acting_for.organisation)
    with as_(sponsor):
        verbs.end_looking(post=family.glass.acting_for, by=sponsor)
    assert "Say who still needs to look: 1 person" in day_of(client, sponsor)
    assert "Ask your agency to speak for you" in day_of(client, family.glass)


def fresh_reference(family):
    with as_(family.lead):
        assert Contribution.objects.filter(state="writing").exists()
        return fresh(family.story).reference


def test_the_desk_counts_children(client, family):
    with as_(family.lead):
        twin = child_of(family.story)
        name, born = twin.name, twin.born_on
    other = make_worker()
    with as_(other):
        from_here = verbs.NewMember("child", name, born)
        verbs.open_story(
            called="Others", why_now="x", by=other,
            members=[verbs.NewMember("adult", "Ada", agrees=True), from_here],
            agreement={
                "words": "Yes", "until": clock.today() + timedelta(days=90), "how": "typed",
                "agencies": [other.acting_for.organisation_id],
            },
        )  # fmt: skip
    assert "Decide about 1 child" in day_of(client, acting("duty_desk"))
