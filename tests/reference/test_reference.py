"""Settings and lists: who may change them, what is refused, and that the old rows stay."""

import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.people import roles
from saidanddone.reference import models, permissions, verbs
from saidanddone.reference.models import AgeBand, Area, ClosedDay, Partnership, Topic
from tests.factories.people import acting, make_post, sign_in, unsaved
from tests.factories.reference import make_age_band, make_area, make_partnership, make_topic

EVERY = [role.code for role in roles.HELD]
PAGES = ["/settings/", "/settings/name/", "/settings/look/", "/settings/times/", "/settings/words/",
         "/settings/boards/",
         "/settings/lists/", "/settings/lists/topics/add/", "/settings/lists/areas/add/",
         "/settings/lists/ages/add/", "/settings/lists/closed-days/add/"]  # fmt: skip
GOOD = {"brand": "#5a1f4e", "on_brand": "#ffffff", "accent": "#7d1d66", "ink": "#261a28"}


# -------------------------------------------------------------- permissions


@pytest.mark.parametrize("code", EVERY)
def test_settings_verbs(code):
    all_verbs = {"change_partnership", "add_entry", "change_entry", "end_entry", "add_closed_day",
                 "drop_closed_day"}  # fmt: skip
    expected = all_verbs if code == "administrator" else set()
    assert permissions.settings_verbs(unsaved(code)) == expected
    assert permissions.settings_verbs(unsaved("administrator", strong=False)) == set()
    assert permissions.settings_verbs(AnonymousUser()) == set()


@pytest.mark.django_db
def test_pages_open_to_administrators_alone(client):
    make_partnership(), make_topic(), make_area(), make_age_band()
    sign_in(client, make_post("administrator"))
    for path in PAGES:
        assert client.get(path).status_code == 200, path
    assert client.get("/settings/nonsense/").status_code == 404
    assert client.get("/settings/lists/nonsense/add/").status_code == 404
    sign_in(client, make_post("clerk"))
    for path in PAGES:
        assert client.get(path).status_code == 403, path
        assert client.post(path).status_code == 403, path
    client.logout()
    for path in PAGES:
        assert client.get(path).url == f"/sign-in/?next={path}"


@pytest.mark.django_db
def test_settings_of_an_empty_place_open(client):
    sign_in(client, make_post("administrator"))
    for path in PAGES:
        assert client.get(path).status_code == 200, path


# ----------------------------------------------------------------- contrast


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("#ffffff", "#000000", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54),
    ("#5a1f4e", "#ffffff", 12.1), ("#7d1d66", "#ffffff", 9.4),
])  # fmt: skip
def test_contrast_is_measured_as_wcag_does(one, other, expected):
    assert models.contrast(one, other) == pytest.approx(expected, abs=0.05)
    assert models.contrast(other, one) == models.contrast(one, other)


@pytest.mark.parametrize(("changed", "faulty"), [
    ({}, set()),
    ({"brand": "#ff6600"}, {"brand", "on_brand"}),
    ({"accent": "#777777"}, {"accent"}),
    ({"ink": "#5d4f60"}, {"ink"}),
    ({"on_brand": "#000000"}, {"on_brand"}),
    ({"on_brand": "#ffe0ff"}, set()),
])  # fmt: skip
def test_colour_faults(changed, faulty):
    assert set(models.colour_faults(GOOD | changed)) == faulty


# ----------------------------------------------------------------- settings


@pytest.mark.django_db
def test_each_change_is_a_new_row_and_the_old_one_stays():
    before = make_partnership(answer_days=30)
    admin = acting("administrator")
    after = verbs.change_partnership(by=admin, answer_days=20)
    assert (after.answer_days, after.name) == (20, before.name)
    assert Partnership.objects.get(pk=before.pk).answer_days == 30
    assert models.read_partnership() == after
    assert (
        Line.objects.get(verb="change_partnership").subject == f"reference.partnership:{after.pk}"
    )
    with pytest.raises(Refused):
        verbs.change_partnership(by=acting("clerk"), answer_days=5)
    with pytest.raises(verbs.Unreadable):
        verbs.change_partnership(by=admin, brand="#ff6600")


@pytest.mark.django_db
def test_change_shows_on_the_next_page(client, django_capture_on_commit_callbacks):
    make_partnership()
    sign_in(client, make_post("administrator"))
    told = {"name": "Otherplace Partnership", "short_name": "Otherplace", "place": "Otherplace",
            "contact_email": "a@b.example", "contact_address": "", "front_door_number": "0800 1",
            "front_door_hours": "always", "story_name": "The Story"}  # fmt: skip
    client.get("/settings/")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/settings/name/", told).url == "/settings/"
    assert "Otherplace Partnership" in client.get("/settings/").content.decode()


@pytest.mark.django_db
def test_faint_colour_is_refused_with_what_was_measured(client):
    sign_in(client, make_post("administrator"))
    page = client.post("/settings/look/", GOOD | {"accent": "#e07b00"}).content.decode()
    assert "Links: 2.9 to 1 on white; it must be 7 to 1 or more" in page
    assert "#e07b00" in page
    for nonsense in ("red", "#12345", "#12345g", "", "#fff;}body{display:none"):
        page = client.post("/settings/look/", GOOD | {"accent": nonsense}).content.decode()
        assert "field--error" in page, nonsense
    assert not Partnership.objects.exists()


@pytest.mark.django_db
def test_theme_is_css_that_may_be_kept(client):
    place = make_partnership(brand="#123456")
    theme = client.get(f"/theme.css?v={place.version}")
    assert theme["Content-Type"] == "text/css; charset=utf-8"
    assert theme["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--council-brand: #123456;" in theme.content.decode()
    assert client.get("/theme.css")["Cache-Control"] == "public, max-age=60"
    assert not theme.cookies


@pytest.mark.django_db
def test_logo_is_written_anew_and_may_be_taken_away(client, django_capture_on_commit_callbacks):
    sign_in(client, make_post("administrator"))
    assert client.get("/logo/").status_code == 404
    raw = io.BytesIO()
    Image.new("RGBA", (3000, 600), (0, 128, 0, 0)).save(raw, "PNG")
    upload = SimpleUploadedFile("logo.png", raw.getvalue(), "image/png")

    def save(**more):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/settings/look/", GOOD | more).url == "/settings/"

    save(logo=upload)
    logo = client.get("/logo/")
    assert logo["Content-Type"] == "image/png"
    drawn = Image.open(io.BytesIO(b"".join(logo.streaming_content)))
    assert max(drawn.size) <= 400
    assert drawn.getpixel((5, 5))[3] == 0, "what shows through goes on doing so"
    save(brand="#123456")
    assert b"".join(client.get("/logo/").streaming_content), "other changes leave it alone"
    assert client.get("/settings/").content.decode().count("Your own") == 1
    save(remove_logo="on")
    assert client.get("/logo/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a", b"\x89PNG\r\n"])
def test_evil_logo_is_answered_with_a_sentence(client, content):
    sign_in(client, make_post("administrator"))
    upload = SimpleUploadedFile("logo.png", content, "image/png")
    response = client.post("/settings/look/", GOOD | {"logo": upload})
    assert response.status_code == 200
    assert "field--error" in response.content.decode()


@pytest.mark.django_db
def test_times_have_limits(client):
    sign_in(client, make_post("administrator"))
    told = {"answer_days": "0", "judgement_days": "20", "late_lead_days": "9",
            "late_board_days": "5",
            "reading_age": "99", "opens_at": "5pm", "closes_at": "9am", "unopened_minutes": "60",
            "small_group": "1"}  # fmt: skip
    page = client.post("/settings/times/", told).content.decode()
    assert "Give a number from 1 to 120" in page
    assert "Give a number from 6 to 16" in page
    assert "comes before the first time" in page
    assert "The lead is told before the board" in page
    told |= {"answer_days": "25", "reading_age": "9", "opens_at": "9am", "closes_at": "4.30pm",
             "late_board_days": "10", "small_group": "5", "tell_us_open": "on"}  # fmt: skip
    assert client.post("/settings/times/", told).url == "/settings/"
    row = models.read_partnership()
    assert (row.answer_days, row.closes_at.minute, row.tell_us_open) == (25, 30, True)


# -------------------------------------------------------------------- lists


@pytest.mark.django_db
def test_entries_are_added_changed_and_ended():
    admin = acting("administrator")
    first = verbs.add_entry(kind=Topic, name="Getting about", by=admin)
    again = verbs.add_entry(kind=Topic, name="Getting about", by=admin)
    assert (first.code, again.code) == ("getting-about", "getting-about-2")
    assert first.order < again.order
    verbs.change_entry(entry=first, name="Buses", by=admin)
    verbs.end_entry(entry=again, by=admin)
    assert [str(topic) for topic in Topic.objects.current()] == ["Buses"]
    coming = verbs.add_entry(
        kind=Topic, name="Later", starts_on=clock.today() + timedelta(days=3), by=admin
    )
    assert coming not in Topic.objects.current()
    verbs.end_entry(entry=coming, by=admin)
    with pytest.raises(Refused):
        verbs.add_entry(kind=Topic, name="x", by=acting("participation_worker"))
    assert Line.objects.filter(verb__in=["add_entry", "change_entry", "end_entry"]).count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Ælfgar", "…", "日本", "x" * 80])
def test_any_name_gets_a_code(name):
    made = verbs.add_entry(kind=Topic, name=name, by=acting("administrator"))
    assert made.code


@pytest.mark.django_db
def test_lists_through_the_pages(client):
    sign_in(client, make_post("administrator"))
    assert client.post("/settings/lists/topics/add/", {"name": "Buses"}).url == "/settings/lists/"
    assert client.post("/settings/lists/areas/add/", {"name": "Bury"}).url == "/settings/lists/"
    borough = Area.objects.get()
    client.post("/settings/lists/areas/add/", {"name": "Ramsbottom", "parent": borough.pk})
    town = Area.objects.get(name="Ramsbottom")
    page = client.post(
        f"/settings/lists/areas/{borough.pk}/change/", {"name": "Bury", "parent": town.pk}
    )
    assert "cannot be part of itself" in page.content.decode()
    change = f"/settings/lists/areas/{town.pk}/change/"
    page = client.post(change, {"name": "Ramsbottom", "postcodes": "BL0 9AA"})
    assert "9AA is no first half of a postcode" in page.content.decode()
    assert (
        client.post(change, {"name": "Ramsbottom", "postcodes": "bl0, M99 bl0"}).status_code == 302
    )
    town.refresh_from_db()
    assert town.postcodes == "BL0 M99"
    page = client.post(
        "/settings/lists/ages/add/", {"name": "11 to 13", "youngest": 13, "oldest": 11}
    )
    assert "cannot be younger" in page.content.decode()
    client.post("/settings/lists/ages/add/", {"name": "11 to 13", "youngest": 11, "oldest": 13})
    band = AgeBand.objects.get()
    assert client.get(f"/settings/lists/ages/{band.pk}/change/").status_code == 200
    assert client.get(f"/settings/lists/ages/{band.pk}/end/").status_code == 405
    client.post(f"/settings/lists/ages/{band.pk}/end/")
    text = client.get("/settings/lists/").content.decode()
    assert "Ramsbottom" in text
    assert "Ended" in text
    sign_in(client, make_post("clerk"))
    assert client.post(f"/settings/lists/ages/{band.pk}/end/").status_code == 403


@pytest.mark.django_db
def test_closed_days(client):
    sign_in(client, make_post("administrator"))
    told = {"on": "29 December 2027", "why": "Between the years"}
    assert client.post("/settings/lists/closed-days/add/", told).url == "/settings/lists/"
    page = client.post("/settings/lists/closed-days/add/", told).content.decode()
    assert "on the list already" in page
    day = ClosedDay.objects.get()
    assert day.on == date(2027, 12, 29)
    assert "29 December 2027" in client.get("/settings/lists/").content.decode()
    client.post(f"/settings/lists/closed-days/{day.pk}/drop/")
    assert not ClosedDay.objects.exists()
    assert Line.objects.filter(verb="drop_closed_day").count() == 1
