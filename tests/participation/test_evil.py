"""Whatever is typed or sent is answered with a page that says something, never with a failure."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidanddone.participation.forms import tell_us, thread, voices
from saidanddone.participation.forms.covering import covered
from saidanddone.participation.models import Voice
from saidanddone.participation.models.codes import digests, tidy
from saidanddone.participation.verbs import tells_of_harm
from tests.factories.participation import make_place, make_read_voice
from tests.factories.people import make_post, sign_in
from tests.participation.test_tell_us import answers
from tests.participation.test_thread import address, replied

NASTY = [
    "👩‍👩‍👧‍👦" * 50, "שלום עולם", "\u202eevil\u202c", "\x00", "a\x00b", "\ud800", "\udfff x",
    "x" * 1_000_000, "ä" * 9000, "O'Brien", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%s%n",
    "\r\n\r\nBcc: x@y.example", "1" * 400, "-1", "\ufeff", "", " ", "ﷺ" * 300,
]  # fmt: skip
SENT = NASTY[::3]  # the whole way to the database and back
ODD = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "So", "Mn"]), max_size=60),
    st.sampled_from(NASTY),
)
FEW = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def as_sent(text):
    """The text as a browser's bytes arrive: lone surrogates never come through UTF-8 as such."""
    return text.encode("utf-8", "replace").decode()


@pytest.fixture(autouse=True)
def place(db):
    """A place with its settings."""
    cache.clear()
    return make_place()


FORMS = [
    tell_us.WordsForm, tell_us.YouForm, tell_us.ShareForm, tell_us.HearForm, tell_us.CheckForm,
    tell_us.CodeForm, thread.FairForm, thread.HappenedForm, thread.TitleForm, thread.MoreForm,
    voices.RecordForm, voices.GatheringForm, voices.NextVoiceForm, voices.ReadForm,
    voices.CorrectForm, voices.NoteForm, voices.FilterForm, voices.ReleaseForm, voices.HandOnForm,
]  # fmt: skip


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_every_field_takes_what_is_typed_or_says_why_not(kind):
    @FEW
    @given(typed=st.fixed_dictionaries(dict.fromkeys(kind.base_fields, ODD)))
    def odd(typed):
        form = kind(typed)
        form.is_valid()
        for errors in form.errors.values():
            assert all(len(sentence) > 10 for sentence in errors)

    odd()


@pytest.mark.parametrize("typed", SENT, ids=range(len(SENT)))
def test_every_page_of_tell_us_answers(client, typed):
    for name in (*answers(), "picture", "picture_words", "worker", "go", "drawing"):
        response = client.post("/tell-us/", answers(**{name: as_sent(typed)}))
        assert response.status_code in {200, 400, 422}, name


@pytest.mark.parametrize("typed", SENT, ids=range(len(SENT)))
def test_every_page_of_a_worker_answers(client, typed):
    sign_in(client, make_post("practitioner"))
    typed = as_sent(typed)
    whole = {"words": "w", "speaker": "child", "readers": "helpers", "shown_as": "no_name",
             "method": "spoken", "language": "en", "name": "n"}  # fmt: skip
    free = ("words", "place", "on", "translation", "speaker_name", "picture_words", "name",
            "present", "photo_words", "once", "body", "area")  # fmt: skip
    for where in (reverse("voice-record"), reverse("gathering-start")):
        for told in (whole | dict.fromkeys(free, typed), whole | {"words": typed, "name": typed}):
            assert client.post(where, told).status_code in {200, 302, 400, 413, 422}
    assert client.get(reverse("voices"), {"topic": typed, "page": typed[:200]}).status_code == 200


@pytest.mark.parametrize("typed", SENT, ids=range(len(SENT)))
def test_the_thread_answers(client, typed):
    voice = make_read_voice()
    issue = replied(voice)
    typed = as_sent(typed)
    told = {"because": typed, "would_say": typed, "words": typed, "once": typed}
    for name, more, choice in (
        ("thread-judge", [issue.pk], {"fair": "not_fair"}),
        ("thread-happened", [issue.pk], {"answer": "yes"}),
        ("thread-agree", [issue.pk], {"agrees": "no"}),
        ("thread-add", [], {}),
        ("thread-judge", [issue.pk], {"fair": typed}),
    ):
        response = client.post(address(voice, name, *more), told | choice)
        assert response.status_code in {200, 302, 403, 413, 422}, name
    assert client.get(address(voice)).status_code == 200
    assert client.post(reverse("thread-entry"), {"code": typed}).status_code in {302, 404, 422}


@FEW
@given(text=st.text(max_size=400))
def test_words_come_through_unchanged_but_for_line_ends(text):
    form = tell_us.WordsForm({"words": as_sent(text)})
    if form.is_valid():
        same = as_sent(text).replace("\r\n", "\n").replace("\r", "\n")
        assert form.cleaned_data["words"] == (same if same.strip() else "")


@FEW
@given(text=st.text(max_size=300))
def test_covering_and_looking_for_harm_never_fail(text):
    assert isinstance(covered(text, text[:10], "Ida"), str)
    assert tells_of_harm(text) in {True, False}
    assert digests(text) == [] or tidy(text)


def test_long_words_are_looked_through_quickly():
    assert tells_of_harm("a " * 50_000 + "hurt") is True
    assert tells_of_harm("scared " * 20_000) is False


def test_every_form_has_its_own_words_for_what_is_too_long():
    forms = [tell_us.ShareForm({"speaker_name": "x" * 200}), thread.MoreForm({"words": "x" * 9000})]
    for form in forms:
        assert not form.is_valid()
        assert "Ensure this value" not in str(form.errors)
    assert Voice.objects.count() == 0
