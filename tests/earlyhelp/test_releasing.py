"""The export for inspectors takes two and holds what it may; declared relatives bar from a record."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Conflict, FamilyMember
from saidanddone.earlyhelp.verbs.releasing import COLUMNS
from saidanddone.people.models import Organisation
from tests.factories.earlyhelp import (
    as_,
    child_of,
    fresh,
    make_coordinator,
    make_family,
    make_worker,
)
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[3] / "shared/samples/09-social-care/annex-a-columns.yml"


@pytest.fixture
def family():
    return make_family()


def ask(by):
    today = clock.today()
    with as_(by):
        return verbs.ask_release(
            requester="Inspector Invented", why="Inspection", since=today - timedelta(days=9),
            until=today, by=by,
        )  # fmt: skip


def fetched(by, officer):
    made = ask(by)
    with as_(officer):
        verbs.let_go(release=made, by=officer)
    with as_(by):
        made = permissions.visible_releases(by).get(pk=made.pk)
        return list(csv.reader(io.StringIO(verbs.fetch_release(release=made, by=by))))


def test_eight_columns_in_order_and_nothing_more(family):
    head, *rows = fetched(make_coordinator(), acting("privacy_officer"))
    assert head == COLUMNS
    assert len(rows) == 2
    flat = " ".join(cell for row in rows for cell in row)
    assert "Invented" not in flat


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not here")
def test_the_columns_are_those_of_the_sample():
    text = SAMPLE.read_text().partition("List 2:")[2].partition("List 3:")[0]
    names = [line.strip() for line in text.splitlines() if line.startswith(" " * 8 + line.strip())]
    given = [name.partition(":")[0] for name in names if not name.startswith(("type", "can"))]
    assert [name for name in given if name in COLUMNS] == COLUMNS


def test_a_cell_is_never_a_formula(family):
    with identity.as_system("test"):
        FamilyMember.objects.filter(family=family.story.family_id).update(ethnicity="=1+1")
        Organisation.objects.filter(pk=family.lead.acting_for.organisation_id).update(name="=1+1")
    _, *rows = fetched(make_coordinator(), acting("privacy_officer"))
    assert {row[7] for row in rows} == {"'=1+1"}
    assert {row[2] for row in rows} == {"NOBT"}  # what no list knows is not passed on


def test_what_is_sealed_is_left_out(family):
    with as_(family.lead):
        verbs.seal_record(
            story=fresh(family.story), readers=[family.supervisor.pk], why="x", by=family.lead
        )
    assert fetched(make_coordinator(), acting("privacy_officer")) == [COLUMNS]


def test_nobody_lets_their_own_go_and_nobody_fetches_before(family):
    coordinator = make_coordinator()
    made = ask(coordinator)
    with as_(coordinator):
        for deed in (verbs.let_go, verbs.fetch_release):
            with pytest.raises(Refused):
                deed(release=made, by=coordinator)
    for person in (family.lead, acting("administrator"), acting("analyst")):
        with pytest.raises(Refused):
            ask(person)
        with as_(person):
            assert permissions.visible_releases(person).count() == 0


def test_the_export_s_pages(client, family):
    coordinator, officer = make_coordinator(), acting("privacy_officer")
    sign_in(client, coordinator)
    path, day = reverse("releases"), f"{clock.today():%Y-%m-%d}"
    typed = {"requester": "Inspector", "why": "Inspection", "since": day, "until": day}
    assert client.post(path, typed | {"why": ""}).status_code == 422
    assert client.post(path, typed).status_code == 302
    with as_(coordinator):
        pk = permissions.visible_releases(coordinator).get().pk
    sign_in(client, officer)
    assert "Let it go" in client.get(path).text
    assert client.post(reverse("release-decide", args=[pk]), {"refuse": "1"}).status_code == 422
    assert client.post(reverse("release-decide", args=[pk])).status_code == 302
    sign_in(client, coordinator)
    file = client.post(reverse("release-fetch", args=[pk]))
    assert file["Cache-Control"] == "no-store"
    assert "Child Unique ID" in file.text
    sign_in(client, family.lead)
    assert client.get(path).status_code == 403
    assert client.post(reverse("release-fetch", args=[pk])).status_code == 404


def test_a_declared_relative_s_record_is_gone_and_the_answer_is_the_same(client, family):
    with as_(family.lead):
        born = child_of(family.story).born_on
    sign_in(client, family.member)
    pages = []
    for name in ("Nobody Here", "Kit Invented"):
        typed = {"name": name, "born_on": f"{born:%Y-%m-%d}", "relation": "aunt"}
        answer = client.post(reverse("relatives"), typed)
        pages.append((answer.status_code, answer["Location"]))
    assert pages[0] == pages[1]
    with identity.as_system("test"):
        assert Conflict.objects.filter(person=family.member).count() == 1
    with as_(family.member):
        assert permissions.visible_stories(family.member).count() == 0
    with as_(acting("administrator")) as other, pytest.raises(Refused):
        verbs.declare_relative(name="x", born_on=born, relation="x", by=other)


def test_the_page_keeps_what_was_typed(client):
    sign_in(client, make_worker())
    page = client.post(reverse("relatives"), {"name": "Some Body", "born_on": "", "relation": ""})
    assert page.status_code == 422
    assert "Some Body" in page.text
