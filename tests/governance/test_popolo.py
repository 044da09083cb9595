"""Popolo: it fits the published schemas, and tells nothing that our pages do not."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import caches

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import Appointment
from tests.factories.governance import (
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_seat,
)
from tests.factories.people import make_organisation, make_post, make_user
from tests.governance.browsing import text

SCHEMAS = Path(__file__).parents[3] / "shared/samples/02-governance/popolo/schemas"
KINDS = {
    "organizations": "organization", "posts": "post", "persons": "person",
    "memberships": "membership", "events": "event", "motions": "motion",
}  # fmt: skip
SECRET = "Marked-Secret"


@pytest.fixture
def place(board):
    """The board, a councillor and an officer on it, one who has left, and what nobody may read."""
    council = make_organisation(name="The Council")
    seat = make_seat(body=board, title="Lead member", organisation=council)
    councillor = make_post("councillor", user=make_user(name="Cllr Ada Moss"))
    make_appointment(seat=seat, post=councillor)
    left = make_post("councillor", user=make_user(name="Cllr Ben Fern"))
    make_appointment(seat=seat, post=left, starts_on=date(2024, 5, 1), ends_on=date(2025, 4, 30))
    make_appointment(seat=seat, post=make_post(user=make_user(name=SECRET, is_young=True)))
    make_appointment(seat=seat, pseudonym=SECRET)
    closed = make_item(states.ENDED, body=board, restricted=True, title=SECRET)
    make_decision(item=closed, wording=SECRET)
    private = make_body(name="Young people’s own", meets_in_private=True)
    make_appointment(seat=make_seat(body=private, title=SECRET), post=make_post())
    make_meeting(states.PUBLISHED, body=private, place=SECRET)
    make_meeting(body=board, place=SECRET)  # only planned
    make_meeting(states.MINUTED, body=board, on=date(2024, 3, 1), precision="month")
    make_meeting(states.CANCELLED, body=board, published_at=clock.now())
    return board


def everything(client):
    """Every record of every collection, and the raw words that came."""
    index = client.get("/popolo/").json()
    answers = {name: client.get(f"/popolo/{name}/") for name in index["collections"]}
    things = {name: answer.json()["results"] for name, answer in answers.items()}
    return things, " ".join(answer.content.decode() for answer in answers.values())


def test_it_fits_the_published_schemas(client, place):
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas are not here")
    from jsonschema import Draft3Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT3

    schemas = {file.stem: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    assert len(schemas) == 16
    registry = Registry().with_resources(
        (schema["id"].rstrip("#"), DRAFT3.create_resource(schema)) for schema in schemas.values()
    )
    things, _ = everything(client)
    for name, kind in KINDS.items():
        check = Draft3Validator(
            schemas[kind], registry=registry, format_checker=Draft3Validator.FORMAT_CHECKER
        )
        assert things[name], f"nothing to check in {name}"
        assert [error.message for one in things[name] for error in check.iter_errors(one)] == []


def test_nothing_that_is_secret_is_in_it(client, place):
    _, words = everything(client)
    assert SECRET not in words
    assert "Juniper Weir" not in words  # an officer, by name


def test_a_councillor_is_named_as_on_the_board_and_an_officer_is_not(client, place):
    things, _ = everything(client)
    names = {one["name"] for one in things["persons"]}
    assert names == {"Cllr Ada Moss", "Cllr Ben Fern"}
    page = text(client.get("/boards/the-board/"))
    assert "Cllr Ada Moss" in page
    assert "Juniper Weir" not in page


def test_an_ended_membership_stays_with_its_last_day(client, place):
    things, _ = everything(client)
    ended = [one for one in things["memberships"] if one.get("end_date")]
    assert [(one["start_date"], one["end_date"]) for one in ended] == [("2024-05-01", "2025-04-30")]


def test_a_membership_ends_with_its_post(client, place):
    post = Appointment.objects.get(post__user__name="Cllr Ada Moss").post
    post.starts_on, post.ends_on = date(2024, 1, 1), clock.today() - timedelta(days=3)
    post.save()
    things, _ = everything(client)
    ends = {one.get("end_date") for one in things["memberships"]}
    assert post.ends_on.isoformat() in ends


def test_every_link_between_records_leads_somewhere(client, place):
    things, _ = everything(client)
    known = {one["id"] for found in things.values() for one in found}
    names = [
        "parent_id", "organization_id", "post_id", "person_id", "on_behalf_of_id",
        "legislative_session_id",
    ]  # fmt: skip
    linked = {
        one[name] for found in things.values() for one in found for name in names if name in one
    }
    assert linked - known == set()


def test_ids_and_bytes_stay_from_one_export_to_the_next(client, place):
    first = client.get("/popolo/memberships/")
    caches["pages"].clear()
    again = client.get("/popolo/memberships/")
    assert again.content == first.content
    known = client.get("/popolo/memberships/", headers={"If-None-Match": first.headers["ETag"]})
    assert known.status_code == 304
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_as_much_of_a_date_as_is_known_is_told(client, place):
    things, _ = everything(client)
    assert "2024-03" in {one.get("start_date") for one in things["events"]}
    assert "cancelled" in {one["status"] for one in things["events"]}


@pytest.mark.parametrize("address", ["/popolo/nothing/", "/popolo/people/"])
def test_there_is_nothing_else(client, db, address):
    assert client.get(address).status_code == 404


def test_pages_follow_one_another_and_ask_little(client, board, django_assert_max_num_queries):
    seat, post, first_day = make_seat(body=board), make_post(), date(2024, 1, 1)
    many = [Appointment(seat=seat, post=post, starts_on=first_day) for _ in range(200)]
    Appointment.objects.bulk_create(many)
    with django_assert_max_num_queries(5):
        first = client.get("/popolo/memberships/").json()
    second = client.get("/popolo/memberships/?page=2").json()
    assert (first["total"], first["pages"], len(first["results"])) == (201, 2, 200)
    assert first["next"].endswith("/popolo/memberships/?page=2")
    assert second["next"] is None
    assert len({one["id"] for one in first["results"] + second["results"]}) == 201


def test_pages_lead_there_and_the_feed_stays(client, place):
    assert 'href="/popolo/"' in text(client.get("/boards/"))
    assert 'href="/popolo/"' in text(client.get("/decisions/"))
    assert client.get("/decisions/feed/").status_code == 200
