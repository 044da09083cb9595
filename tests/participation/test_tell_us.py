"""The pages of "Tell us": nothing is kept until it is sent, and nothing breaks them."""

import html
import io
import re
import uuid

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from saidanddone.participation import permissions, states
from saidanddone.participation.models import Gathering, Hold, Voice
from saidanddone.participation.views import tell_us as page
from saidanddone.participation.views.cards import worker_token
from tests.factories.participation import make_duty, make_place
from tests.factories.people import make_post
from tests.factories.reference import make_age_band, make_area

pytestmark = pytest.mark.django_db
ADDRESS = "/tell-us/"


def answers(**over):
    """Everything answered, on the last page."""
    return {
        "at": "check", "words": "The bus is late.", "who": "young", "age_band": "", "area": "",
        "readers": "everyone", "shown_as": "no_name", "speaker_name": "", "hear_by_email": "",
        "hear_through": "", "once": "0b5e2a6e-4f62-4c5c-9df1-6f1c2a4f7d11",
    } | over  # fmt: skip


def hidden(response):
    """What the page carries along."""
    found = re.findall(
        r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', response.content.decode()
    )
    return {name: html.unescape(value) for name, value in found}


def code_on(response):
    """The code that the page shows."""
    return re.search(r'codebox__code">([A-Z]+ \d{4} [A-Z]+ [A-Z]+)<', response.content.decode())[1]


def picture(kind="PNG", size=(30, 20)):
    """A small picture, as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind)
    return SimpleUploadedFile("drawing.png", out.getvalue(), "image/png")


@pytest.fixture(autouse=True)
def place():
    """A place with its settings."""
    return make_place()


def test_each_question_leads_to_the_next_and_nothing_is_kept_before_the_end(client):
    band, area = make_age_band(), make_area()
    assert "What do you want to tell us?" in client.get(ADDRESS).content.decode()
    turn = client.post(ADDRESS, {"at": "words", "words": "The bus <b>is</b> late."})
    assert "About you" in turn.content.decode()
    turn = client.post(
        ADDRESS, hidden(turn) | {"who": "young", "age_band": band.pk, "area": area.pk}
    )
    assert "Who may read your words?" in turn.content.decode()
    turn = client.post(ADDRESS, hidden(turn) | {"readers": "everyone", "shown_as": "no_name"})
    assert "How do you want to hear back?" in turn.content.decode()
    turn = client.post(ADDRESS, hidden(turn) | {"hear_by_email": "kid@mail.example"})
    assert "Is this right?" in turn.content.decode()
    assert "11 to 13" in turn.content.decode()
    assert Voice.objects.count() == 0
    once = re.search(r'name="once" value="([^"]+)"', turn.content.decode())[1]
    done = client.post(ADDRESS, hidden(turn) | {"once": once})
    voice = Voice.objects.get()
    assert voice.words == "The bus <b>is</b> late."
    assert (voice.speaker, voice.age_band, voice.area, voice.may_publish, voice.may_quote) == (
        "young_person", band, area, True, True,
    )  # fmt: skip
    assert voice.hear_by_email == "kid@mail.example"
    assert permissions.voice_by_code(code_on(done)) == voice
    assert "999" in done.content.decode()


@pytest.mark.parametrize("at", page.ORDER)
def test_every_page_has_help_and_a_way_out(client, at):
    body = client.post(ADDRESS, answers(go=at)).content.decode()
    for needed in (
        "tel:999",
        "tel:08001111",
        "tel:01234567890",
        "data-leave",
        "If you are not safe",
    ):
        assert needed in body
    assert client.post(ADDRESS, answers(go=at)).headers["Cache-Control"] == "no-store"


def test_back_and_change_keep_what_was_answered(client):
    back = client.post(ADDRESS, answers(at="hear", go="back", readers="helpers"))
    assert re.search(r'value="helpers"[^>]*checked', back.content.decode())
    changed = client.post(ADDRESS, answers(go="words"))
    assert "The bus is late.</textarea>" in changed.content.decode().replace("\n", "")
    after = client.post(ADDRESS, hidden(changed) | {"words": "The tram.", "go": "next"})
    assert "Is this right?" in after.content.decode()
    assert "The tram." in after.content.decode()


def test_sent_twice_it_is_one_voice_with_the_same_code(client):
    first, second = client.post(ADDRESS, answers()), client.post(ADDRESS, answers())
    assert code_on(first) == code_on(second)
    assert Voice.objects.count() == 1


@pytest.mark.parametrize(
    ("over", "cure"),
    [
        ({"at": "words", "words": "  "}, "Write what you want to tell us"),
        ({"at": "words", "words": "x" * 4001}, "longer than we can take"),
        ({"at": "words", "words": "a\x00b"}, "a sign in this that we cannot keep"),
        ({"at": "you", "who": ""}, "Choose who you are"),
        ({"at": "share", "readers": ""}, "Choose who may read your words"),
        ({"at": "share", "readers": "my_worker"}, "hoose one of the answers"),
        ({"at": "share", "shown_as": "name"}, "Write your name, or choose"),
        ({"at": "hear", "hear_by_email": "nope"}, "does not look like an e-mail address"),
        ({"at": "check", "words": ""}, "Choose your picture"),
        ({"at": "check", "who": "king"}, "hoose one of the answers"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure_and_nothing_is_lost(client, over, cure):
    response = client.post(ADDRESS, answers(**over))
    assert response.status_code == 422
    body = response.content.decode()
    assert cure in body
    assert "There is something to fix" in body
    assert Voice.objects.count() == 0


def test_a_drawing_may_stand_without_words(client):
    sent = answers(words="", drawing="on", picture=picture(), picture_words="A late bus")
    client.post(ADDRESS, sent)
    voice = Voice.objects.get()
    assert (voice.words, voice.picture_words) == ("", "A late bus")
    with voice.picture.open() as kept:
        assert Image.open(kept).format == "JPEG"


EVIL = {
    "empty": b"", "words": b"hello",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "cut": b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "html": b"<html><script>alert(1)</script>",
}  # fmt: skip


@pytest.mark.parametrize("kind", EVIL)
def test_evil_pictures_are_answered_with_a_sentence(client, kind):
    file = SimpleUploadedFile("x.png", EVIL[kind], "image/png")
    response = client.post(ADDRESS, answers(picture=file, picture_words="x"))
    assert response.status_code == 422
    assert "There is something to fix" in response.content.decode()
    assert Voice.objects.count() == 0


def test_a_megabyte_of_text_is_answered_with_a_sentence(client):
    response = client.post(ADDRESS, answers(at="words", words="ä" * 500_000))
    assert response.status_code == 422


def test_words_of_harm_look_the_same_to_the_sender_and_are_held(client):
    make_duty()
    response = client.post(ADDRESS, answers(words="He hurt me"))
    assert "We have your words" in response.content.decode()
    assert Hold.objects.count() == 1
    assert "safeguarding" not in response.content.decode()


def test_a_whole_school_gets_through_and_a_flood_does_not(client):
    for number in range(60):
        sent = client.post(ADDRESS, answers(once=f"00000000-0000-4000-8000-{number:012}"))
        assert sent.status_code == 200
    stopped = client.post(ADDRESS, answers(once="00000000-0000-4000-8000-999999999999"))
    assert stopped.status_code == 429
    assert Voice.objects.count() == 60


def test_my_worker_is_offered_through_their_card_only(client):
    post = make_post("practitioner")
    token = signing.dumps(post.pk, salt="participation.worker")
    first = client.get(f"{ADDRESS}?worker={token}")
    assert hidden(first)["worker"] == token
    client.post(ADDRESS, answers(readers="my_worker", worker=token))
    voice = Voice.objects.get()
    assert (voice.readers, voice.worker, voice.may_quote) == ("my_worker", post, False)
    forged = client.post(ADDRESS, answers(readers="my_worker", worker=token[:-2] + "xx"))
    assert forged.status_code == 422


def test_a_trusted_worker_is_found_by_address_without_saying_so(client):
    post = make_post("practitioner")
    known = client.post(ADDRESS, answers(hear_through=post.user.email.upper()))
    unknown = client.post(
        ADDRESS,
        answers(hear_through="nobody@place.example", once="0b5e2a6e-4f62-4c5c-9df1-000000000001"),
    )
    assert Voice.objects.filter(worker=post).count() == 1
    assert len(known.content) == pytest.approx(len(unknown.content), abs=600)


def test_the_page_says_who_can_give_a_new_code_and_tells_no_address_apart(client):
    post = make_post(roles=["practitioner"])
    known = client.post(ADDRESS, answers(hear_through=post.user.email)).content.decode()
    assert Voice.objects.latest("pk").worker == post
    unknown = client.post(
        ADDRESS, answers(hear_through="aunt@home.example", once=str(uuid.uuid4()))
    ).content.decode()
    for page_shown in (known, unknown):
        assert "we do not know who you are" in page_shown
        assert post.user.name not in page_shown
    card = answers(worker=worker_token(post), through_worker="on", once=str(uuid.uuid4()))
    by_card = client.post(ADDRESS, card).content.decode()
    assert f"ask {html.escape(post.user.name)} for a new one" in by_card
    lost = client.get("/thread/").content.decode()
    assert "nobody can give you another" in lost


def test_closed_it_says_where_else_to_go(client, place):
    place.tell_us_open = False
    place.save()
    assert "closed for now" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, answers()).status_code == 200
    assert Voice.objects.count() == 0


def test_cards_print_codes_that_were_just_given_and_nothing_else(client):
    body = client.post(ADDRESS, answers()).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', body)[1]
    card = client.post(reverse("print-cards"), {"token": token})
    assert code_on(client.post(ADDRESS, answers())) in card.content.decode()
    assert "<svg" in card.content.decode()
    assert client.post(reverse("print-cards"), {"token": token + "x"}).status_code == 400
    assert Gathering.objects.count() == 0


def test_the_state_of_a_fresh_voice(client):
    client.post(ADDRESS, answers())
    assert Voice.objects.get().state == states.WAITING
