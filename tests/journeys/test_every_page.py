"""Every kind of page, with its errors, on a narrow phone by day and at a desk by night."""

import json

import pytest

from tests.journeys import inspection

pytestmark = pytest.mark.journey

# Kind of page: who looks, and where. {issue}-like places are filled with what the demonstration has.
PAGES = {
    "front": ("", "/"),
    "about": ("", "/about/"),
    "your-words": ("", "/your-words/"),
    "accessibility": ("", "/accessibility/"),
    "privacy": ("", "/privacy/"),
    "tell-us": ("", "/tell-us/"),
    "thread-entry": ("", "/thread/"),
    "thread": ("", "/thread/{code}/"),
    "wall": ("", "/you-said-we-did/"),
    "wall-issue": ("", "/you-said-we-did/{issue}/"),
    "boards": ("", "/boards/"),
    "board-public": ("", "/boards/{board}/"),
    "meeting-public": ("", "/meetings/{meeting}/"),
    "decisions": ("", "/decisions/"),
    "decision": ("", "/decisions/{decision}/"),
    "sign-in": ("", "/sign-in/"),
    "sign-in-code": ("", "/sign-in/code/"),
    "demo": ("", "/demo/"),
    "not-found": ("", "/nothing-here/"),
    "my-day": ("worker", "/my-day/"),
    "voices": ("worker", "/voices/"),
    "voice": ("worker", "/voices/{voice}/"),
    "record-voice": ("worker", "/voices/record/"),
    "issues": ("worker", "/issues/"),
    "issue": ("worker", "/issues/{issue}/"),
    "held": ("safeguarding", "/voices/held/"),
    "meeting": ("clerk", "/meetings/{meeting}/"),
    "board": ("clerk", "/boards/{board}/"),
    "actions": ("clerk", "/actions/"),
    "my-calendar": ("chair", "/my-calendar/"),
    "board-imports": ("clerk", "/boards/import/"),
    "organisations": ("administrator", "/organisations/"),
    "organisation-change": ("administrator", "/organisations/{organisation}/change/"),
    "organisation-boards": ("administrator", "/organisations/{organisation}/boards/"),
    "register-files": ("administrator", "/organisations/import/"),
    "network": ("worker", "/network/"),
    "sessions": ("", "/sessions/"),
    "session-book": ("", "/sessions/new-to-the-country-new-to-school/book/"),
    "bulletin-readers": ("clerk", "/bulletin/desk/readers/"),
    "search": ("clerk", "/search/?q=bus"),
    "settings": ("administrator", "/settings/"),
    "status": ("administrator", "/status/"),
    "account": ("clerk", "/account/"),
    "acting-for": ("clerk", "/acting-for/"),
    "people": ("clerk", "/people/"),
    "audit": ("privacy", "/audit/"),
    "story-open": ("family_lead", "/stories/open/"),
    "stories": ("family_lead", "/stories/"),
    "story": ("family_lead", "/stories/{story}/"),
    "story-write": ("family_lead", "/stories/{story}/write/"),
    "story-plan": ("family_lead", "/stories/{story}/plan/"),
    "story-plan-print": ("family_lead", "/stories/{story}/plan/print/"),
    "story-reviews": ("family_lead", "/stories/{story}/reviews/"),
    "story-team": ("family_lead", "/stories/{story}/team/"),
    "story-agreements": ("family_lead", "/stories/{story}/agreements/"),
    "story-chronology": ("family_lead", "/stories/{story}/chronology/"),
    "story-looks": ("family_lead", "/stories/{story}/looks/"),
    "story-contact": ("family_lead", "/stories/{story}/contact/"),
    "story-drawing": ("family_lead", "/stories/{story}/drawings/keep/"),
    "story-guards": ("family_lead", "/stories/{story}/kept-safe/"),
    "story-doors": ("family_lead", "/stories/{story}/doors/"),
    "our-story": ("parent", "/our-story/{story}/"),
    "our-story-said": ("parent", "/our-story/{story}/said/"),
    "our-story-plan": ("parent", "/our-story/{story}/plan/"),
    "our-story-team": ("parent", "/our-story/{story}/team/"),
    "our-story-looked": ("parent", "/our-story/{story}/looked/"),
    "our-story-words": ("young", "/our-story/{story}/words/"),
    "our-story-draw": ("young", "/our-story/{story}/drawings/send/"),
    "our-story-score": ("young", "/our-story/{story}/score/"),
    "our-story-agreement": ("parent", "/our-story/{story}/agreement/"),
    "our-story-stop": ("parent", "/our-story/{story}/stop/"),
    "our-story-card": ("", "/our-story/card/"),
    "stories-coordinate": ("coordinator", "/stories/coordinate/"),
    "stories-caseload": ("family_supervisor", "/stories/caseload/"),
    "stories-counts": ("analyst", "/stories/counts/"),
    "break-glass": ("family_lead", "/break-glass/"),
    "relatives": ("family_lead", "/stories/relatives/"),
    "enquiries": ("coordinator", "/requests/"),
    "exports": ("coordinator", "/stories/exports/"),
    "duty-desk": ("duty_desk", "/duty-desk/"),
    "privacy-desk": ("privacy", "/privacy-desk/"),
    "sharing-agreements": ("privacy", "/privacy-desk/sharing-agreements/"),
    "keeping": ("coordinator", "/privacy-desk/keeping/"),
    "who-still-looks": ("family_supervisor", "/stories/agency/"),
    "ask-for-help": ("", "/ask-for-help/"),
    "help-answer": ("", "/ask-for-help/answer/"),
    "library": ("", "/library/"),
    "document": ("", "/library/cyp-plan/"),
    "document-kept": ("clerk", "/library/early-help/"),
    "document-read": ("", "/library/participation/read/"),
    "drafts": ("clerk", "/library/drafts/"),
    "practices": ("", "/good-practice/"),
    "practice": ("worker", "/good-practice/{practice}/"),
}
# Forms that are sent with nothing in them, so that their errors show.
ERRORS = {
    "tell-us-error": ("", "/tell-us/"),
    "record-voice-error": ("worker", "/voices/record/"),
    "sign-in-error": ("", "/sign-in/"),
    "board-imports-error": ("clerk", "/boards/import/"),
    "bulletin-readers-error": ("clerk", "/bulletin/desk/readers/"),
    "register-files-error": ("administrator", "/organisations/import/"),
    "story-open-error": ("family_lead", "/stories/open/"),
    "story-contact-error": ("family_lead", "/stories/{story}/contact/"),
    "document-add-error": ("clerk", "/library/new/"),
    "practice-add-error": ("worker", "/good-practice/new/"),
}
LOOKS = [(320, False), (1280, True)]


@pytest.fixture(scope="module")
def places(served):
    """What the demonstration has, for the addresses above."""
    one = {
        "organisation": "SELECT min(id) FROM people_organisation WHERE sector = 'voluntary'",
        "issue": "SELECT max(id) FROM participation_issue WHERE is_public AND state = 'replied'",
        "voice": "SELECT max(id) FROM participation_voice WHERE state = 'read'",
        "meeting": "SELECT max(id) FROM governance_meeting WHERE state = 'minuted'",
        "decision": "SELECT max(id) FROM governance_decision WHERE NOT restricted",
        "board": "SELECT slug FROM governance_body WHERE short_name = 'CSPB'",
        "story": "SELECT a.story_id FROM earlyhelp_access a JOIN people_user u ON u.id = a.person_id"
        " WHERE u.name = 'Delphine Teaspoon' AND a.kind = 'family'",
        "practice": "SELECT max(id) FROM library_practice WHERE state = 'published'",
    }
    found = {name: served.rows(query)[0][0] for name, query in one.items()}
    return {**found, "code": demonstration_code(served)}


def demonstration_code(served):
    """A code that the demonstration shows on its page of personas."""
    links = json.loads((served.folder / "demo-threads.json").read_text())
    return links[0]["code"].replace(" ", "-")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Where the HTML of each page is kept for the checker."""
    return tmp_path_factory.mktemp("pages")


@pytest.mark.parametrize(("width", "dark"), LOOKS, ids=["phone", "desk-dark"])
@pytest.mark.parametrize("who", sorted({who for who, _ in [*PAGES.values(), *ERRORS.values()]}))
def test_pages(visit, places, saved, who, width, dark):
    visitor = visit(who, width=width, dark=dark)
    faults = []
    for name, (looker, address) in {**PAGES, **ERRORS}.items():
        if looker != who:
            continue
        visitor.go(address.format(**places))
        if name in ERRORS:
            send_empty(visitor.page)
        faults += [f"{name}: {fault}" for fault in inspection.axe_faults(visitor.page)]
        if inspection.scrolls_sideways(visitor.page):
            faults.append(f"{name}: scrolls sideways at {width}")
        html = visitor.page.content()
        if inspection.weight(html) > inspection.MOST_HTML:
            faults.append(f"{name}: {inspection.weight(html)} bytes compressed")
        visitor.picture(f"{name}-{width}{'-dark' if dark else ''}")
        keep_source(visitor, name, saved)
    assert faults == []


def send_empty(page):
    """Send the page's own form as it stands, past the browser's own checks."""
    form = page.locator("main form").last
    with page.expect_navigation():
        form.evaluate("form => { form.noValidate = true; form.querySelector('button').click() }")


def keep_source(visitor, name, saved):
    """The page's source as it was sent, not as the browser has mended it."""
    if name.endswith("-error"):
        return
    source = visitor.context.request.get(visitor.page.url).text()
    (saved / f"{name}.html").write_text(source)


def test_html_is_correct(saved):
    assert len(list(saved.iterdir())) >= len(PAGES)
    assert inspection.html_faults(saved) == []
