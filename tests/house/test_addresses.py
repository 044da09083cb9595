"""Every address asks for sign-in unless it stands here; addresses are kebab-case and typed."""

import re
import uuid

import pytest
from django.urls import URLPattern, get_resolver

from tests.house.source import in_room, name_of

# Whoever opens a page to everyone adds its name here, and says in the review why.
PUBLIC = {
    # home and ui
    "front", "healthz", "leave", "about", "your-words", "accessibility", "privacy", "robots",
    "gallery", "error-preview", "theme", "logo",
    # coming in
    "account_login", "account_request_login_code", "account_confirm_login_code", "account_logout",
    "account_reset_password", "account_confirm_password_reset_code", "account_inactive",
    "account_complete_password_reset", "account_password_reset_completed", "mfa_login_webauthn",
    "mfa_authenticate", "socialaccount_login_cancelled", "openid_connect_login",
    "openid_connect_callback", "join", "join-code", "invitation",
    # what boards show
    "boards", "board", "board-meetings", "meeting", "agenda-item", "paper", "decisions",
    "pack", "pack-file", "pack-edition",
    "decisions-feed", "decision", "action", "minutes", "minutes-pdf", "young-meeting",
    "board-calendar", "personal-calendar",
    "popolo", "popolo-collection", "board-terms", "terms", "forward-plan", "forward-plans",
    # the library
    "library", "document", "document-read", "document-file", "document-version", "version-file",
    "sibling-file", "practices", "practice",
    # children and young people
    "tell-us", "thread-entry", "thread", "thread-add", "thread-take-back", "thread-judge",
    "thread-agree", "thread-happened", "thread-reminder", "thread-answer", "print-cards",
    "issue", "wall", "wall-feed", "wall-issue",
    # asking for early help, and hearing what became of it
    "ask-for-help", "help-answer",
    # the bulletin, and getting and leaving it
    "bulletin", "bulletin-feed", "bulletin-edition", "bulletin-item", "bulletin-item-picture",
    "bulletin-suggest", "bulletin-suggested", "bulletin-confirm-items", "bulletin-ask",
    "bulletin-confirm", "bulletin-choose", "bulletin-leave", "bulletin-follow",
    # sessions: reading, booking without an account, and what the link in a letter opens
    "sessions", "sessions-past", "sessions-calendar", "topic-calendar", "session", "session-number",
    "session-calendar", "session-book", "session-ask", "session-fact-sheet", "series",
    "series-calendar", "booking", "booking-change", "booking-colleague", "booking-take",
    "booking-cancel", "booking-calendar", "own-calendar", "booking-evaluate", "booking-impact",
    "booking-certificate", "booking-fact-sheet", "booking-learning", "booking-learning-table",
    "my-learning", "approval",
    # the family's own door, for whoever has a card and no e-mail: the code on it lets them in
    "our-story-card",
    # only where no real words are kept
    "demo", "demo-sign-in", "shown-letters", "shown-letter", "shown-letter-html",
}  # fmt: skip
NOT_OURS = {"account_", "mfa_", "socialaccount_", "openid_"}  # allauth looks for these names itself
SAMPLES = {
    "int": "1",
    "slug": "some-thing",
    "str": "something",
    "uuid": str(uuid.UUID(int=7)),
    "path": "a/b",
}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
ADDRESS = re.compile(r"^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*/)*(?:[a-z0-9]+(?:[-.][a-z0-9]+)*)?$")


def patterns(found, before=""):
    """Every address with its route and its view."""
    for pattern in found:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name, route, pattern.callback
        else:
            yield from patterns(pattern.url_patterns, route)


ALL = list(patterns(get_resolver().url_patterns))
ROUTES = sorted({route for _, route, _ in ALL})
CLOSED = sorted(route for name, route, _ in ALL if name not in PUBLIC)


def sample(route):
    """An address of that route."""
    return "/" + PART.sub(lambda part: SAMPLES[part[1] or "str"], route)


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_is_kebab_case_and_typed(route):
    assert ADDRESS.match(PART.sub("x", route)), "words in small letters, joined by hyphens"
    assert [name for kind, name in PART.findall(route) if not kind] == []


def test_each_name_is_kebab_case_and_single():
    names = [name or "" for name, _, _ in ALL]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    ours = {name for name in names if not name.startswith(tuple(NOT_OURS))}
    assert [name for name in ours if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_what_is_public_is_listed_and_nothing_else():
    public = {name for name, _, view in ALL if not getattr(view, "login_required", True)}
    assert public == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("route", CLOSED)
def test_a_stranger_is_asked_to_sign_in(client, route):
    for ask in (client.get, client.post):
        answer = ask(sample(route))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("file", in_room("views", "feeds"), ids=name_of)
def test_a_page_reads_through_permissions_only(file):
    assert ".objects" not in file.read_text()
