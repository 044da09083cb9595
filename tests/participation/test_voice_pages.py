"""The pages of those who listen: each as the right person and as the wrong one."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.participation import states, verbs
from saidanddone.participation.models import Duty, Gathering, Hold, Voice
from tests.factories.participation import (
    make_duty,
    make_gathering,
    make_place,
    make_public_voice,
    make_read_voice,
    make_voice,
)
from tests.factories.people import act, acting, make_post, sign_in
from tests.participation.test_tell_us import code_on, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place():
    """A place with its settings."""
    cache.clear()
    return make_place()


def as_(client, *roles, strong=True):
    """Signed in with a post of these roles; the post comes back."""
    post = make_post(*roles)
    sign_in(client, post, strong=strong)
    return post


def recorded(**over):
    """One voice, as the form sends it."""
    return {
        "words": "We want a ramp.", "speaker": "young_person", "readers": "everyone",
        "may_quote": "on", "may_publish": "on", "shown_as": "no_name", "method": "spoken",
        "language": "en", "once": "0b5e2a6e-4f62-4c5c-9df1-6f1c2a4f7d11",
    } | over  # fmt: skip


def test_a_worker_writes_a_voice_down_and_gets_its_code_once(client):
    post = as_(client, "practitioner")
    assert "Ring the front door now" in client.get(reverse("voice-record")).content.decode()
    first = client.post(reverse("voice-record"), recorded())
    voice = Voice.objects.get()
    assert (voice.words, voice.recorded_for, voice.method) == ("We want a ramp.", post, "spoken")
    assert code_on(first) == code_on(client.post(reverse("voice-record"), recorded()))
    assert Voice.objects.count() == 1
    listed = client.get(reverse("voices")).content.decode()
    assert "waiting to be read" in listed
    assert "We want a ramp" not in listed
    assert "waiting to be read" in client.get(voice.get_absolute_url()).content.decode()


def test_the_next_voice_starts_where_the_last_one_was(client):
    as_(client, "practitioner")
    client.post(reverse("voice-record"), recorded(place="Skate park", readers="helpers",
                                                  may_publish=""))  # fmt: skip
    page = client.get(reverse("voice-record")).content.decode()
    assert "Skate park" in page


@pytest.mark.parametrize(
    ("over", "cure"),
    [
        ({"words": ""}, "Write what they said"),
        ({"words": "x" * 8001}, "longer than we can take"),
        ({"speaker": "king"}, "Choose one of the answers"),
        ({"readers": "helpers"}, "Words on the website are read by everyone"),
        ({"on": "32 May"}, "Enter the date"),
        ({"on": "1 January 2999"}, "still to come"),
        ({"shown_as": "name"}, "Write the name"),
        ({"source_may_be_named": "on"}, "Choose the group"),
        ({"place": "a\x00b"}, "a sign in this that we cannot keep"),
        ({"picture": "p"}, "Say in a few words what it shows"),
    ],
)
def test_what_is_wrong_with_a_voice_is_said_and_kept(client, over, cure):
    as_(client, "practitioner")
    over = {name: picture() if name == "picture" else value for name, value in over.items()}
    page = client.post(reverse("voice-record"), recorded(**over))
    assert page.status_code == 422
    assert cure in page.content.decode()
    assert Voice.objects.count() == 0


@pytest.mark.parametrize("roles", [("administrator",), ("councillor",), ("analyst",), ()])
def test_others_write_nothing_down(client, roles):
    as_(client, *roles)
    for name in ("voice-record", "gathering-start", "my-card"):
        assert client.get(reverse(name)).status_code in {302, 403}


def test_a_session_is_written_down_voice_after_voice(client):
    as_(client, "practitioner")
    told = {"name": "Skate park", "place": "Park", "readers": "everyone", "may_publish": "on",
            "present": "12", "photo": picture(), "photo_words": "A flip chart"}  # fmt: skip
    started = client.post(reverse("gathering-start"), told)
    gathering = Gathering.objects.get()
    assert started.url == gathering.get_absolute_url()
    codes = ""
    for number in range(3):
        page = client.post(
            started.url,
            {"words": f"Voice {number}", "speaker": "child", "codes": codes,
             "once": f"0b5e2a6e-4f62-4c5c-9df1-00000000000{number}"},
        )  # fmt: skip
        codes = page.context["token"] if page.context else token_on(page)
    body = page.content.decode()
    assert "3 voices saved" in body
    assert "Print 3 cards" in body
    assert "Voice 0" not in body
    cards = client.post(reverse("print-cards"), {"token": token_on(page)})
    assert "3 cards to print" in cards.content.decode()
    assert set(Voice.objects.values_list("may_publish", "place")) == {(True, "Park")}
    shown = client.get(reverse("gathering-photo", args=[gathering.pk]))
    assert shown.headers["Content-Type"] == "image/jpeg"
    shown.close()


def token_on(page):
    """The signed codes that the page carries."""
    import re

    return re.search(r'name="codes" value="([^"]+)"', page.content.decode())[1]


def test_a_held_voice_hides_the_flip_chart_from_others(client):
    worker = acting("practitioner")
    gathering = make_gathering(by=worker, photo=picture(), photo_words="x")
    make_voice(by=worker, gathering=gathering, words="He hurt me")
    as_(client, "participation_worker")
    assert client.get(gathering.get_absolute_url()).status_code == 200
    assert client.get(reverse("gathering-photo", args=[gathering.pk])).status_code == 404


def test_words_are_read_covered_and_published(client):
    as_(client, "participation_worker")
    voice = make_voice(
        words="Ask my teacher Ida Example at Elms High School, 0161 496 0111, M26 1AA.",
        readers="everyone", may_publish=True,
    )  # fmt: skip
    page = client.get(reverse("voice-read", args=[voice.pk])).content.decode()
    assert "[name covered]" in page
    assert "[school covered]" in page
    assert "[number covered]" in page
    assert "[address covered]" in page
    read = client.post(reverse("voice-read", args=[voice.pk]), {"public_words": "Ask [covered]."})
    assert read.status_code == 302
    client.post(reverse("voice-publish", args=[voice.pk]))
    voice.refresh_from_db()
    assert voice.published_at
    assert "On the website" in client.get(voice.get_absolute_url()).content.decode()
    client.post(reverse("voice-unpublish", args=[voice.pk]))
    voice.refresh_from_db()
    assert voice.published_at is None


def test_an_officer_reads_covered_words_only(client):
    voice = make_public_voice()
    reader = acting("participation_worker")
    verbs.read_voice(voice=voice, public_words="The [covered] is late.", by=reader)
    as_(client, "officer")
    page = client.get(voice.get_absolute_url()).content.decode()
    assert "The [covered] is late." in page
    assert "The bus is always late." not in page
    for name in ("voice-read", "voice-hold", "voice-take-back", "voice-correct"):
        assert client.get(reverse(name, args=[voice.pk])).status_code in {403, 404, 405}
    assert client.post(reverse("voice-publish", args=[voice.pk])).status_code == 403


def test_a_stranger_gets_not_found(client):
    mine = make_voice(by=acting("practitioner"), readers="my_worker")
    helpers = make_read_voice()
    as_(client, "officer")
    for voice in (mine, helpers):
        assert client.get(voice.get_absolute_url()).status_code == 404
        assert client.post(reverse("voice-renew", args=[voice.pk])).status_code == 404


def test_a_worker_renews_a_code_and_takes_words_back(client):
    post = as_(client, "practitioner")
    voice = make_voice(by=act(post))
    renewed = client.post(reverse("voice-renew", args=[voice.pk]))
    assert code_on(renewed) != voice.code
    bare = client.post(reverse("voice-take-back", args=[voice.pk]), {"note": ""})
    assert bare.status_code == 422
    client.post(reverse("voice-take-back", args=[voice.pk]), {"note": "At the club."})
    voice.refresh_from_db()
    assert voice.state == states.TAKEN_BACK
    assert client.get(voice.get_absolute_url()).status_code == 404


def test_a_reader_holds_and_corrects(client):
    make_duty()
    as_(client, "participation_worker")
    voice = make_read_voice()
    client.post(reverse("voice-hold", args=[voice.pk]))
    voice.refresh_from_db()
    assert voice.state == states.HELD
    assert client.get(voice.get_absolute_url()).status_code == 404
    post = as_(client, "practitioner")
    own = make_read_voice(by=act(post))
    assert client.get(reverse("voice-correct", args=[own.pk])).status_code == 200
    client.post(reverse("voice-correct", args=[own.pk]), {"words": "It was the tram."})
    assert Voice.objects.get(follows=own).words == "It was the tram."


def test_held_words_are_recorded_before_they_are_shown(client):
    post = make_post("safeguarding_lead")
    make_duty(post=post)
    sign_in(client, post)
    make_voice(words="He hurt me")
    hold = Hold.objects.get()
    assert "hurt" not in client.get(reverse("held-voices")).content.decode()
    assert "hurt me" not in client.get(hold.get_absolute_url()).content.decode()
    client.post(reverse("held-open", args=[hold.pk]))
    assert "He hurt me" in client.get(hold.get_absolute_url()).content.decode()
    assert Line.objects.filter(verb="look_at_held_voice").count() == 1
    bare = client.post(reverse("held-release", args=[hold.pk]), {"release-reason": ""})
    assert bare.status_code == 422
    done = {"hand-on-reason": "Rang.", "hand-on-told": "Somebody helps."}
    client.post(reverse("held-hand-on", args=[hold.pk]), done)
    page = client.get(hold.get_absolute_url()).content.decode()
    assert "He hurt me" not in page
    assert "Handed on" in page


def test_held_words_are_released(client):
    post = make_post("safeguarding_lead")
    make_duty(post=post)
    sign_in(client, post)
    voice = make_voice(words="He hurt me")
    hold = Hold.objects.get()
    client.post(reverse("held-open", args=[hold.pk]))
    client.post(reverse("held-release", args=[hold.pk]), {"release-reason": "A film."})
    voice.refresh_from_db()
    assert voice.state == states.WAITING


def test_held_words_do_not_exist_for_others(client):
    make_duty()
    make_voice(words="He hurt me")
    hold = Hold.objects.get()
    for roles, strong in ((("safeguarding_lead",), True), (("participation_worker",), True)):
        as_(client, *roles, strong=strong)
        assert client.get(hold.get_absolute_url()).status_code == 404
        assert client.post(reverse("held-open", args=[hold.pk])).status_code == 404
    lead = hold_post()
    sign_in(client, lead, strong=False)
    assert client.get(hold.get_absolute_url()).status_code == 404


def hold_post():
    """The post on duty."""
    return Duty.objects.get().post


def test_the_rota_is_kept_on_its_page(client):
    as_(client, "participation_worker")
    post = make_post("safeguarding_lead")
    assert "The rota is empty" in client.get(reverse("duty")).content.decode()
    told = {"post": post.pk, "rank": 1, "starts_on": clock.today().isoformat(),
            "ends_on": clock.today().isoformat()}  # fmt: skip
    assert client.post(reverse("duty"), told).status_code == 302
    duty = Duty.objects.get()
    assert client.get(reverse("duty")).status_code == 200
    assert client.post(reverse("duty-end", args=[duty.pk])).status_code == 302
    wrong = client.post(reverse("duty"), told | {"ends_on": "1 January 2020"})
    assert wrong.status_code == 422
    as_(client, "officer")
    assert client.get(reverse("duty")).status_code == 403


def test_my_card_works_for_tell_us(client):
    as_(client, "practitioner")
    page = client.get(reverse("my-card")).content.decode()
    assert "/tell-us/?worker=" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, count, django_assert_max_num_queries):
    as_(client, "participation_worker")
    for _ in range(count):
        make_public_voice()
    client.get(reverse("voices"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("voices"))
    assert page.content.decode().count("voicerow") == count


@pytest.mark.parametrize("state", ["", "waiting", "read", "loose", "published", "nonsense"])
def test_the_list_is_filtered(client, state):
    as_(client, "participation_worker")
    make_public_voice()
    assert client.get(reverse("voices"), {"state": state}).status_code == 200
