"""The library's pages: they open for those who may, and ask little at any length."""

import pytest

from saidanddone.library import states
from saidanddone.library.models import Document
from tests.factories.library import PDF, make_document, make_sibling, make_version
from tests.factories.people import make_post, sign_in
from tests.factories.reference import make_topic
from tests.library.browsing import FIXED, OWN, asks, signed_in, words

pytestmark = pytest.mark.django_db


def body(answer):
    """What a download holds."""
    return b"".join(answer.streaming_content)


# ------------------------------------------------------------------ everybody


def test_an_empty_library_says_what_will_come(client):
    assert "Nothing has been published yet" in words(client, "/library/")


def test_everybody_reads_what_is_out(client):
    document = make_document(
        title="Early Help Strategy", slug="early-help", text="# Aims\n\nHelp comes early."
    )
    page = words(client, "/library/")
    assert "Early Help Strategy" in page
    assert "csrf" not in page
    page = words(client, "/library/early-help/")
    assert "/library/early-help/read/" in page
    assert document.owner.title in page
    assert document.owner.user.name not in page
    page = words(client, "/library/early-help/read/")
    assert "Help comes early." in page
    assert '<h2 dir="auto">Aims</h2>' in page
    assert "Download it" in words(client, "/library/early-help/versions/1/")


def test_those_who_work_here_see_who_keeps_it(client):
    document = make_document()
    signed_in(client, "officer")
    assert document.owner.user.name in words(client, document.get_absolute_url())


def test_the_list_is_narrowed_by_kind_topic_and_words(client):
    topic = make_topic(name="Travel")
    plan = make_document(title="Bus plan", kind="plan", text="The number nine goes by the pool.")
    plan.topics.add(topic)
    make_document(title="Unlike it", kind="report")
    for query in ("kind=plan", f"topic={topic.code}", "q=pool", "q=buses"):
        page = words(client, f"/library/?{query}")
        assert "Bus plan" in page, query
        assert "Unlike it" not in page, query
    page = words(client, "/library/?q=pool")
    assert "by the <mark>pool</mark>" in page
    assert "Nothing here that fits" in words(client, "/library/?q=nowhere")
    assert "Bus plan" in words(client, "/library/?kind=nonsense&topic=nonsense&page=99")


def test_words_in_a_file_never_become_a_page(client):
    text = "# <b onclick=a()>x\n\n<img src=x onerror=a()>\n\nR&D quokka"
    make_document(title="Odd", slug="odd", text=text)
    page = words(client, "/library/?q=quokka")
    assert "R&amp;D <mark>quokka</mark>" in page
    page = words(client, "/library/odd/read/")
    assert "&lt;b onclick=a()&gt;x" in page
    assert "<img" not in page


def test_the_newest_is_at_the_lasting_address_and_older_ones_beside_it(client):
    document = make_document(slug="plan", text="First words")
    second = make_version(
        states.PUBLISHED, document=document, text="Second words", changed="All of it",
        approved_by="The Board", precision="unknown",
    )  # fmt: skip
    Document.objects.filter(pk=document.pk).update(current=second)
    page = words(client, "/library/plan/")
    assert "All of it" in page
    assert "By The Board" in page
    assert "/library/plan/versions/1/" in page
    assert "Second words" in words(client, "/library/plan/read/")
    page = words(client, "/library/plan/versions/1/")
    assert "There is a newer version" in page
    assert body(client.get("/library/plan/versions/1/file/")) == PDF


def test_a_file_is_given_as_a_download(client):
    make_document(title="Early Help", slug="early-help")
    answer = client.get("/library/early-help/file/")
    assert body(answer) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Early Help.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_lost_file_is_not_found(client):
    document = make_document(slug="lost")
    type(document.current).objects.update(file="library/gone.pdf")
    assert client.get("/library/lost/file/").status_code == 404


@pytest.mark.parametrize(
    ("reading", "says"),
    [("waiting", "being read"), ("no_words", "a scan"), ("unreadable", "damaged, locked")],
)
def test_a_file_without_words_says_so_honestly(client, reading, says):
    document = make_document(slug="scan", text="")
    type(document.current).objects.update(reading=reading)
    page = words(client, "/library/scan/read/")
    assert says in page
    assert "/library/scan/file/" in page


def test_a_long_text_comes_in_parts(client):
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 300 for number in range(20))
    make_document(slug="long", text=f"{text}\n\n{'x' * 20_000}")
    page = words(client, "/library/long/read/")
    assert "Part 1 of" in page
    assert "Paragraph 0." in page
    assert "Paragraph 19." in words(client, "/library/long/read/?page=4")


def test_siblings_stand_first_in_plain_words_and_say_when_they_are_behind(client):
    document = make_document(slug="plan")
    first = document.current
    make_sibling(version=first, kind="easy_read")
    make_sibling(version=first, kind="translation", language="pl")
    make_sibling(version=first, kind="bsl", link="https://films.example/plan")
    make_sibling(states.DRAFT, version=first, kind="young")
    page = words(client, "/library/plan/")
    assert page.index("Easy read") < page.index("Read it here")
    assert "In Polish" in page
    assert 'lang="pl"' in page
    assert "https://films.example/plan" in page
    assert "Young people" not in page
    assert "Made from an earlier version" not in page
    second = make_version(states.PUBLISHED, document=document)
    Document.objects.filter(pk=document.pk).update(current=second)
    assert words(client, "/library/plan/").count("Made from an earlier version") == 3
    make_sibling(version=second, kind="easy_read")
    page = words(client, "/library/plan/")
    assert page.count("Made from an earlier version") == 2
    assert page.count("Easy read") == 1
    assert "Also: " in words(client, "/library/")


def test_what_was_taken_back_says_so_at_its_address(client):
    document = make_document(states.WITHDRAWN, slug="gone", title="Gone plan")
    page = words(client, "/library/gone/")
    assert "It held a mistake" in page
    assert "/file/" not in page
    for part in ("file/", "read/", "versions/1/", "versions/1/file/"):
        assert client.get(f"/library/gone/{part}").status_code == 404
    assert document.title not in words(client, "/library/")


# ------------------------------------------------------------------ numbers of queries


@pytest.mark.parametrize("role", ["", "officer", "clerk"])
def test_pages_ask_little_and_the_same_at_any_length(client, role):
    most = OWN + FIXED if role else OWN
    if role:
        signed_in(client, role)
    document = make_document(slug="plan", restricted=role == "clerk")
    document.topics.add(make_topic())
    make_sibling(version=document.current)
    paths = ["/library/", "/library/?q=words", "/library/plan/", "/library/plan/read/",
             "/library/plan/versions/1/"]  # fmt: skip
    paths += ["/library/drafts/"] if role == "clerk" else []
    before = {path: asks(client, path) for path in paths}
    for number in range(3):
        make_document()
        make_version(states.PUBLISHED, document=document)
        make_version(document=document)
        sibling = make_sibling(version=document.current, kind="translation", language="pl")
        make_sibling(states.DRAFT, version=sibling.version, kind="young")
        document.topics.add(make_topic(name=f"About {number}"))
    assert {path: asks(client, path) for path in paths} == before
    assert {path: asked for path, asked in before.items() if asked > most} == {}


# ------------------------------------------------------------------ keeping it


def test_the_clerk_publishes_changes_confirms_and_takes_back(client):
    document = make_document(states.DRAFT, slug="plan", title="A plan")
    owner = document.owner
    signed_in(client, "clerk")
    assert "A plan" in words(client, "/library/drafts/")
    assert client.post("/library/plan/publish/", {"review_on": "1 March"}).status_code == 302
    form = {"title": "The plan", "kind": "plan", "owner": owner.pk, "summary": "", "review_on": ""}
    assert client.post("/library/plan/change/", form).status_code == 302
    until = client.post(f"/library/reviews/{document.pk}/", {"until": "1 April"})
    assert until.headers["Location"] == "/library/plan/"
    assert "The plan" in words(client, "/library/plan/")
    assert client.post("/library/plan/take-back/", {"why": ""}).status_code == 200
    assert client.post("/library/plan/take-back/", {"why": "Replaced"}).status_code == 302
    document.refresh_from_db()
    assert (document.state, document.kind) == (states.WITHDRAWN, "plan")
    for path in ("change/", "publish/", "take-back/", "versions/add/"):
        answer = client.get(f"/library/plan/{path}", follow=True)
        assert "That has been done already" in answer.content.decode()


@pytest.mark.parametrize("until", ["yesterday", "1 January 2001", "1 January 2099", ""])
def test_a_review_day_lies_ahead_and_not_too_far(client, until):
    document = make_document()
    signed_in(client, "clerk")
    answer = client.post(f"/library/reviews/{document.pk}/", {"until": until})
    assert "There is something to fix" in answer.content.decode()


def test_a_version_and_a_sibling_are_published_and_taken_back(client):
    document = make_document(slug="plan")
    make_version(document=document)
    signed_in(client, "clerk")
    assert (
        client.post("/library/plan/versions/2/publish/", {"review_on": "1 May"}).status_code == 302
    )
    sibling = make_sibling(states.DRAFT, version=document.current)
    assert "Publish: Easy read" in words(client, "/library/drafts/")
    assert client.post(f"/library/plan/others/{sibling.pk}/publish/").status_code == 302
    assert "Easy read" in words(client, "/library/plan/")
    assert body(client.get(f"/library/plan/others/{sibling.pk}/file/")) == PDF
    taken = client.post(f"/library/plan/others/{sibling.pk}/take-back/", {"why": "Old"})
    assert taken.status_code == 302
    assert client.post("/library/plan/versions/2/take-back/", {"why": "Wrong"}).status_code == 302
    answer = client.post("/library/plan/versions/1/take-back/", {"why": "Wrong too"})
    assert "It is the only version" in answer.content.decode()


@pytest.mark.parametrize("role", ["officer", "administrator", "participation_worker"])
def test_those_who_may_look_may_not_do(client, role):
    document = make_document(slug="plan")
    sibling = make_sibling(version=document.current)
    signed_in(client, role)
    for path in ("new/", "drafts/", "plan/change/", "plan/take-back/", "plan/versions/add/",
                 "plan/versions/1/take-back/", "plan/versions/1/others/add/"):  # fmt: skip
        assert client.get(f"/library/{path}").status_code == 403, path
    assert client.get(f"/library/plan/others/{sibling.pk}/take-back/").status_code == 403
    assert client.get(f"/library/reviews/{document.pk}/").status_code == 404


def test_an_owner_keeps_their_own(client):
    owner = make_post("officer")
    document = make_document(owner=owner, slug="mine")
    sign_in(client, owner)
    assert "Say that it is still right" in words(client, "/library/mine/")
    assert "Change title" not in words(client, "/library/mine/")
    assert client.get(f"/library/reviews/{document.pk}/").status_code == 200
    sign_in(client, owner, strong=False)
    assert client.get(f"/library/reviews/{document.pk}/").status_code == 404
