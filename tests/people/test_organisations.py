"""Where organisations work, which forums they belong to since when, and finding them by it."""

from datetime import timedelta

import pytest

from saidanddone.core import clock
from saidanddone.people import permissions, verbs
from saidanddone.people.models import Membership, Profile
from tests.factories.governance import make_appointment, make_body, make_seat
from tests.factories.people import acting, make_organisation, make_post, make_user, sign_in
from tests.factories.reference import make_area, make_forum

pytestmark = pytest.mark.django_db


def change(place, **over):
    """What an administrator saves on the organisation's page."""
    told = {"name": place.name, "sector": "voluntary", "contact_name": "", "contact_email": "",
            "areas": [], "forums": []} | over  # fmt: skip
    verbs.change_organisation(organisation=place, **told, by=acting("administrator"))


def belongs(place):
    """Its forums today."""
    return [one.forum.name for one in permissions.memberships_of(place)]


def test_a_membership_has_its_days_and_keeps_them():
    place, forum, other = make_organisation(), make_forum(name="Carers"), make_forum(name="Faith")
    long_ago = clock.today() - timedelta(days=400)
    change(place, forums=[forum], since=long_ago)
    change(place, forums=[forum, other])
    assert belongs(place) == ["Carers", "Faith"]
    change(place, forums=[])
    assert belongs(place) == []
    kept = Membership.objects.get()
    assert (kept.forum, kept.starts_on) == (forum, long_ago)
    assert kept.ends_on == clock.today() - timedelta(days=1)
    change(place, forums=[forum], since=long_ago)
    assert Membership.objects.count() == 2, "it came back; the time before stays told"
    assert Membership.objects.get(ends_on=None).starts_on == clock.today()
    verbs.end_organisation(organisation=place, by=acting("administrator"))
    assert belongs(place) == []


def test_the_page_keeps_shows_and_finds_them(client):
    borough = make_area(name="Borough")
    radcliffe = make_area(name="Radcliffe", parent=borough, code="radcliffe")
    forum = make_forum(name="Carers’ forum", code="carers")
    place, wide = make_organisation(name="Lantern"), make_organisation(name="Boroughwide")
    wide.areas.set([borough])
    make_organisation(name="Elsewhere")
    sign_in(client, make_post("administrator", user=make_user()))
    path = f"{place.get_absolute_url()}change/"
    sent = {"name": "Lantern", "sector": "voluntary", "areas": [radcliffe.pk],
            "forums": [forum.pk], "since": "1 April 2021"}  # fmt: skip
    assert "still to come" in client.post(path, sent | {"since": "1/4/2199"}).content.decode()
    assert client.post(path, sent).status_code == 302
    page = client.get(place.get_absolute_url()).content.decode()
    assert "Radcliffe" in page
    assert "since 1 April 2021" in page
    assert client.get(path).content.decode().count("checked") == 3
    client.post(path, sent | {"since": ""})
    assert Membership.objects.get().starts_on.year == 2021
    for asked, names in (
        ("", {"Lantern", "Boroughwide", "Elsewhere"}), ("area=radcliffe", {"Lantern", "Boroughwide"}),
        ("forum=carers", {"Lantern"}), ("q=lan&kind=voluntary", {"Lantern"}),
        ("kind=nonsense&area=nowhere&forum=%00", {"Lantern", "Boroughwide", "Elsewhere"}),
    ):  # fmt: skip
        page = client.get(f"/organisations/?{asked}").content.decode()
        assert {name for name in ("Lantern", "Boroughwide", "Elsewhere") if name in page} >= names
        assert len(names) == 3 or "Elsewhere" not in page


def test_members_are_found_by_where_their_organisation_works_as_far_as_shared(client):
    area, forum = make_area(name="Radcliffe", code="radcliffe"), make_forum(code="carers")
    place = make_organisation(name="Lantern")
    change(place, areas=[area], forums=[forum])
    for name, shares in (("Wren", ["works_at"]), ("Linnet", ["does"])):
        who = acting("subscriber", strong=False, user=make_user(name=name))
        Profile.objects.create(user=who, works_at="Lantern", organisation=place, shares=shares)
    sign_in(client, make_post("subscriber", user=make_user()), strong=False)
    for asked in ("q=Radcliffe", "area=radcliffe", "forum=carers"):
        page = client.get(f"/network/?{asked}").content.decode()
        assert ("Wren" in page, "Linnet" in page) == (True, False), asked
    everybody = client.get("/network/?area=radcliffe%20x").content.decode()
    assert "Linnet" in everybody


def test_an_organisations_boards_are_told_to_who_works_here(client):
    place = make_organisation(name="Lantern")
    board, private = (
        make_body(name="The Board"),
        make_body(name="Quiet Group", meets_in_private=True),
    )
    post = make_post(organisation=place, user=make_user(name="Wren Oakes"))
    make_appointment(seat=make_seat(body=board, title="Voluntary sector"), post=post)
    make_seat(body=private, organisation=place, title="A quiet seat")
    young = make_post(organisation=place, user=make_user(name="Robin Young", is_young=True))
    make_appointment(seat=make_seat(body=board, title="Young"), post=young)
    path = f"/organisations/{place.pk}/boards/"
    assert client.get(path).status_code == 302
    sign_in(client, make_post("subscriber", user=make_user()), strong=False)
    assert client.get(path).status_code == 404
    sign_in(client, make_post("practitioner", user=make_user()))
    assert path in client.get(place.get_absolute_url()).content.decode()
    page = client.get(path).content.decode()
    assert "Voluntary sector: Wren Oakes" in page
    assert "Robin" not in page
    assert "Quiet Group" not in page
    sign_in(client, make_post("clerk", user=make_user()))
    assert "A quiet seat" in client.get(path).content.decode()
