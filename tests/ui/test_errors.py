"""Error pages: plain words, a code, nothing typed is lost, nothing secret comes back."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.exception import convert_exception_to_response
from django.db import OperationalError

from saidanddone.core.lifecycle import Moved
from saidanddone.ui import errors
from tests.ui.pages import ask

TYPED = {
    "words": "The bus leaves\nbefore the club ends.",
    "audience": "everyone",
    "code": "PLUM 7264",
}
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404),
        (errors.too_large, 413), (errors.too_many, 429), (errors.failed, 500),
        (errors.database_away, 503), (errors.csrf_failure, 403),
    ],
)  # fmt: skip
def test_each_page_has_its_status_one_heading_and_the_code(handler, status):
    response = handler(ask())
    html = response.content.decode()
    assert response.status_code == status
    assert html.count("<h1>") == 1
    assert "<strong>a1b2c3d4e5</strong>" in html


def test_too_much_says_so():
    response = errors.bad_request(ask(), RequestDataTooBig("body"))
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_error_pages_know_nobody():
    class Tripwire:
        @property
        def is_authenticated(self):
            raise AssertionError("an error page asked who is signed in")

    request = ask()
    request.user = Tripwire()
    assert errors.failed(request).status_code == 500


def test_database_away_gives_back_what_was_typed_and_one_button():
    html = errors.database_away(ask("/tell-us/?step=2", post=TYPED, **OURS)).content.decode()
    assert 'action="/tell-us/?step=2"' in html
    assert "The bus leaves\nbefore the club ends.</textarea>" in html
    assert '<input type="hidden" name="audience" value="everyone">' in html
    assert "PLUM" not in html
    assert html.count('<button class="button">') == 1


def test_database_away_says_when_to_come_back():
    assert errors.database_away(ask())["Retry-After"] == "5"


def test_a_database_that_is_away_before_any_view_is_told_as_such(rf):
    """As when the session is asked for: Django makes an answer of it itself."""

    @convert_exception_to_response
    def asks_for_the_session(request):
        raise OperationalError("the connection is closed")

    response = asks_for_the_session(rf.get("/my-day/"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_csrf_failure_offers_a_fresh_token_to_our_own_form():
    html = errors.csrf_failure(ask("/tell-us/", post=TYPED, **OURS)).content.decode()
    assert 'name="csrfmiddlewaretoken" value="' in html
    assert 'value=""' not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {},
    ],
)
def test_form_that_another_site_sent_gets_no_button(headers):
    html = errors.csrf_failure(ask("/sign-out/", post=TYPED, **headers)).content.decode()
    assert "csrfmiddlewaretoken" not in html
    assert "before the club ends." in html


def test_form_from_an_old_browser_is_known_by_its_origin():
    html = errors.csrf_failure(
        ask("/x/", post=TYPED, HTTP_ORIGIN="http://testserver", HTTP_HOST="testserver")
    ).content.decode()
    assert "csrfmiddlewaretoken" in html


def test_words_are_escaped_when_they_come_back():
    html = errors.database_away(
        ask("/x/", post={"w": "</textarea><script> x"}, **OURS)
    ).content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt; x" in html


def test_files_cannot_be_kept_and_it_says_so():
    post = {"words": "See my picture", "picture": SimpleUploadedFile("a.png", b"1")}
    html = errors.database_away(ask("/x/", post=post, **OURS)).content.decode()
    assert "We could not keep the file" in html


def test_enormous_text_is_not_sent_back():
    html = errors.database_away(ask("/x/", post={"w": "a b " * 60_000}, **OURS)).content.decode()
    assert len(html) < 20_000


def test_moved_says_kindly_who_was_first_and_shows_what_was_typed():
    issue = SimpleNamespace(
        pk=1,
        _meta=SimpleNamespace(label_lower="participation.issue"),
        get_absolute_url=lambda: "/issues/1/",
    )
    response = errors.moved(ask("/x/", post=TYPED, **OURS), Moved(issue, "finish_issue"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else did this first" in html
    assert 'href="/issues/1/"' in html
    assert "before the club ends.</textarea>" in html
    assert "csrfmiddlewaretoken" not in html
