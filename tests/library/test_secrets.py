"""What is restricted or early is on no page, in no list, count, search, excerpt or file of others."""

import pytest
from django.core.cache import caches

from saidanddone.library import permissions, states
from saidanddone.library.models import Document, Sibling
from tests.factories.library import PDF, make_document, make_sibling, make_version
from tests.factories.people import act, make_organisation, make_post, sign_in
from tests.library.browsing import signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """A restricted document and an early one, with a canary in every word of them."""
    document = make_document(
        title="CANARY title", slug="paper-0c1", summary="CANARY summary", restricted=True,
        restricted_why="CANARY why", text="CANARY words and a quokka",
    )  # fmt: skip
    make_sibling(version=document.current, text="CANARY easy quokka")
    make_document(states.DRAFT, title="CANARY early", slug="early", text="CANARY quokka")
    opened = make_document(title="Known", slug="known", text="Known words")
    make_version(document=opened, text="CANARY next quokka", changed="CANARY change")
    make_sibling(states.DRAFT, version=opened.current, text="CANARY sibling quokka")
    return document


def addresses():
    """Every address that these have, listed or guessed."""
    found = ["/library/", "/library/?q=early", "/library/?q=quokka", "/library/?kind=strategy"]
    for slug in Document.objects.values_list("slug", flat=True):
        found += [f"/library/{slug}/{part}" for part in ("", "read/", "file/")]
        for number in (1, 2):
            found += [f"/library/{slug}/versions/{number}/{part}" for part in ("", "file/")]
    for one in Sibling.objects.select_related("version__document"):
        found.append(f"/library/{one.version.document.slug}/others/{one.pk}/file/")
    return found


@pytest.mark.parametrize(
    ("roles", "strong"),
    [(None, False), (["officer"], True), (["administrator"], True), (["councillor"], True),
     (["participation_worker"], True), (["clerk"], False), (["safeguarding_lead"], True),
     (["subscriber"], False)],
)  # fmt: skip
def test_what_is_closed_is_nowhere(client, closed, roles, strong):
    if roles:
        signed_in(client, *roles, strong=strong)
    looks = [
        *addresses(),
        *(["/search/?q=early", "/search/?q=quokka", "/my-day/"] if roles else []),
    ]
    for path in looks:
        caches["pages"].clear()
        answer = client.get(path)
        if answer.status_code == 404:
            continue
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, it closes its file
            assert path in {"/library/known/file/", "/library/known/versions/1/file/"}
            continue
        page = answer.content.decode()
        assert "CANARY" not in page, path
        assert "paper-0c1" not in page, path
    page = words(client, "/library/")
    assert "1 document" in page


def test_not_found_is_the_same_as_never_was(client, closed):
    def told(path):
        answer = client.get(path)
        page = answer.content.decode()
        return answer.status_code, len(page)

    assert told("/library/paper-0c1/") == told("/library/paper-0c2/")


def test_the_clerk_the_owner_and_named_readers_find_it(client, closed):
    inside = make_organisation()
    by_post, by_organisation = make_post("officer"), make_post("officer", organisation=inside)
    closed.reader_posts.add(by_post)
    closed.reader_organisations.add(inside)
    for reader in (make_post("clerk"), closed.owner, by_post, by_organisation):
        sign_in(client, reader)
        assert "CANARY title" in words(client, "/library/?q=quokka")
        assert "CANARY words" in words(client, "/library/paper-0c1/read/")
        file = client.get("/library/paper-0c1/file/")
        assert b"".join(file.streaming_content) == PDF
        assert "CANARY title" in words(client, "/search/?q=quokka")
    sign_in(client, by_post, strong=False)
    assert client.get("/library/paper-0c1/").status_code == 404


def test_a_reader_who_leaves_finds_it_no_more(closed):
    reader = make_post("officer")
    closed.reader_posts.add(reader)
    assert closed in permissions.visible_documents(act(reader))
    closed.reader_posts.clear()
    assert closed not in permissions.visible_documents(act(reader))


def test_public_pages_are_kept_for_nobody_in_particular(client, closed):
    sign_in(client, closed.owner)
    assert "CANARY" in client.get("/library/").content.decode()
    client.logout()
    client.cookies.clear()
    assert "CANARY" not in client.get("/library/").content.decode()
