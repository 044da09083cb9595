"""What waits, who leads how many, what drifts, and numbers in which nobody is found."""

from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import counts, permissions, verbs
from saidanddone.earlyhelp.models import Enquiry, Look, Seal
from saidanddone.earlyhelp.waiting import waiting_for
from saidanddone.people.models import Post
from tests.factories.earlyhelp import (
    as_,
    make_assessed,
    make_coordinator,
    make_planned,
    make_story,
    make_worker,
)
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
PAGES = ["stories-coordinate", "stories-caseload", "stories-counts"]


def opened_long_ago():
    """A worker, and six stories that they opened two months ago, each with a family of its own."""
    with clock.stand_at(clock.now() - timedelta(days=60)):
        lead = make_worker()
        with as_(lead):
            return lead, [make_story(lead) for _ in range(6)]


def waits(person):
    """Deed and reference of all that waits for somebody."""
    with as_(person):
        first, *others = waiting_for(person)
        return {
            (deed, called) for deed, _, called, _ in first.union(*others, all=True).order_by("due")
        }


def test_each_is_told_what_waits_for_them_and_strangers_nothing():
    family = make_planned(weeks_ago=7)
    other = make_assessed()
    reference = family.story.reference
    assert waits(family.lead) == {("hold_review", reference)}
    assert waits(family.member) == set()
    assert waits(other.supervisor) == {("authorise_story", other.story.reference)}
    assert waits(other.lead) == set()
    assert waits(make_coordinator()) == {("see_drifting", "")}  # that one is late, and no more
    for person in (make_worker(), acting("administrator")):
        assert waits(person) == set()


def test_a_step_of_one_s_own_is_told_once_it_is_near():
    family = make_planned()
    with as_(family.lead):
        for days in (3, 5, 60):
            verbs.add_step(
                goal=family.goal, what="Call", post=family.member.acting_for,
                due_on=clock.today() + timedelta(days=days), by=family.lead,
            )  # fmt: skip
            family.goal.refresh_from_db()
    assert waits(family.member) == {("do_step", family.story.reference)}


def test_a_membership_that_ends_is_told_to_the_lead():
    family = make_planned()
    with identity.as_system("test"):
        family.story.team.filter(post=family.member.acting_for).update(
            ends_on=clock.today() + timedelta(days=2)
        )
    assert ("renew_team", family.story.reference) in waits(family.lead)


def test_a_closing_waits_for_the_supervisor():
    family = make_planned()
    with as_(family.lead):
        verbs.ask_to_close(
            story=family.story, reason="met", words="Well", continues="", by=family.lead
        )
    assert waits(family.supervisor) == {("close_story", family.story.reference)}


def test_my_day_tells_it_by_reference(client):
    family = make_planned(weeks_ago=7)
    sign_in(client, family.lead)
    page = client.get("/my-day/")
    assert f"Look back with: {family.story.reference}" in page.text
    assert "Invented" not in page.text


def test_monday_shows_references_leads_and_days_and_no_content(client):
    coordinator, late, gone = make_coordinator(), make_planned(weeks_ago=8), make_planned()
    Post.objects.filter(pk=gone.lead.acting_for.pk).update(
        ended_at=clock.now(), ended_by=gone.supervisor
    )
    with identity.as_system("test"):
        Enquiry.objects.create(asked_as="school", asker_name="Ms Asker", who="Pip", words="Help")
    sign_in(client, coordinator)
    page = client.get(reverse("stories-coordinate"))
    assert late.story.reference in page.text.split("Drifting")[1]
    assert gone.story.reference in page.text.split("Without a lead")[1].split("Drifting")[0]
    assert late.lead.name in page.text
    for word in ("Invented", "Pip", "Ms Asker", "Calm mornings"):
        assert word not in page.text
    with identity.as_system("test"):
        assert Look.objects.filter(person=coordinator).count() == 0


def test_a_sealed_story_is_not_on_monday_s_page(client):
    coordinator, family = make_coordinator(), make_planned(weeks_ago=8)
    with identity.as_system("test"):
        Seal.objects.create(
            family_id=family.story.family_id, why="refuge", readers=[family.lead.pk],
            set_by=family.lead.acting_for, review_on=clock.today(),
        )  # fmt: skip
    sign_in(client, coordinator)
    assert family.story.reference not in client.get(reverse("stories-coordinate")).text


def test_a_supervisor_sees_who_leads_how_many(client):
    family = make_planned()
    sign_in(client, family.supervisor)
    page = client.get(reverse("stories-caseload"))
    assert f"{family.lead.name}: 1 family" in page.text
    assert "Invented" not in page.text


@pytest.mark.parametrize("name", PAGES)
def test_others_do_not_come_in(client, name):
    family = make_planned()
    for person in (family.lead, family.parent, acting("administrator")):
        sign_in(client, person)
        assert client.get(reverse(name)).status_code in {302, 403}  # a parent has no desk at all


def test_counts_hide_small_numbers_and_what_would_betray_them():
    table = counts.suppressed("By area", "stories", {"A": 40, "B": 6, "C": 3, "D": 0})
    assert table.rows == [("A", 40), ("B", None), ("C", None), ("D", None)]
    assert table.total == 49
    table = counts.suppressed("By area", "stories", {"A": 40, "B": 3})
    assert table.rows == [("A", None), ("B", None)]
    assert counts.suppressed("By area", "stories", {"A": 2}).total is None
    assert counts.suppressed("By area", "stories", {"A": 9, "B": 7}).total == 16


def test_an_analyst_reads_counts_and_no_family(client):
    analyst = acting("analyst")
    lead, stories = opened_long_ago()
    with as_(analyst):
        _, _, tables = counts.early_help_counts(by=analyst)
        assert permissions.visible_stories(analyst).count() == 0
    by_agency = next(table for table in tables if table.title == "By agency")
    assert by_agency.rows == [(lead.acting_for.organisation.name, 6)]
    sign_in(client, analyst)
    page = client.get(reverse("stories-counts"))
    assert page.status_code == 200
    assert stories[0].reference not in page.text
    with as_(lead), pytest.raises(Refused):
        counts.early_help_counts(by=lead)


def test_a_sealed_family_is_not_counted():
    analyst = acting("analyst")
    lead, stories = opened_long_ago()
    with identity.as_system("test"):
        for story in stories[:2]:
            Seal.objects.create(
                family_id=story.family_id, why="refuge", readers=[lead.pk],
                set_by=lead.acting_for, review_on=clock.today(),
            )  # fmt: skip
    with as_(analyst):
        _, _, tables = counts.early_help_counts(by=analyst)
    assert {number for table in tables for _, number in table.rows} == {None}


def test_the_leaders_of_drifting_stories_are_asked_in_one_query(django_assert_max_num_queries):
    coordinator = make_coordinator()
    for _ in range(2):
        make_planned(weeks_ago=8)
    with as_(coordinator), django_assert_max_num_queries(1):
        rows = list(permissions.drifting(permissions.coordinated_stories(coordinator), 6))
        assert {bool(one.lead.user.name) for one in rows} == {True}
