"""Files for the library: what is taken, and the sentence for what is not; what was typed stays."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saidanddone.library.models import Document, Sibling, Version
from tests.factories.library import PDF, make_document
from tests.factories.people import make_post
from tests.library.browsing import signed_in

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONTENT, BODY = "[Content_Types].xml", "word/document.xml"


def archive(*names, size=10):
    """A zip with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, b"0" * size)
    return out.getvalue()


def picture():
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "purple").save(out, "PNG")
    return out.getvalue()


EVIL = {
    "nothing in it": (b"", "This file is empty"),
    "a program": (b"MZ" + b"\x00" * 200, "We take PDF, Word"),
    "a drawing with a script": (b"<svg onload=alert(1)>", "We take PDF, Word"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "We take PDF, Word"),
    "a virus": (EICAR, "stopped by the virus check"),
    "macros": (archive(CONTENT, BODY, "word/vbaProject.bin"), "holds macros"),
    "old macros": (archive(CONTENT, "xl/macrosheets/sheet1.xml"), "holds macros"),
    "a bomb": (archive(CONTENT, BODY, size=60_000_000), "far too large when it is opened"),
    "a broken zip": (b"PK\x03\x04broken", "damaged"),
    "a plain zip": (archive("a.txt"), "We do not take ZIP files"),
    "PDF and zip in one": (PDF + archive(CONTENT, BODY), "two kinds at once"),
    "PDF and page in one": (b"%PDF-1.4 <html><script>x</script>", "two kinds at once"),
    "picture and PDF in one": (picture()[:60] + PDF, "two kinds at once"),
}  # fmt: skip


def new_document(client, upload, **more):
    """Send the form for a new document."""
    owner = more.pop("owner", None) or make_post("officer").pk
    typed = {"title": "Kept title", "kind": "plan", "owner": owner, "precision": "day",
             "approved_by": "Kept board", "upload": upload} | more  # fmt: skip
    return client.post("/library/new/", typed)


def file(data, name="paper.pdf"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def test_a_good_file_is_kept_under_a_name_of_ours(client):
    signed_in(client, "clerk")
    answer = new_document(client, file(PDF, "../../Secret (final).pdf"))
    assert answer.headers["Location"] == "/library/kept-title/"
    version = Version.objects.get()
    assert (version.media_type, version.reading, version.size) == (
        "application/pdf", "waiting", len(PDF),
    )  # fmt: skip
    assert "Secret" not in version.file.name
    assert ".." not in version.file.name


@pytest.mark.parametrize("kind", EVIL)
def test_each_evil_file_gets_its_sentence_and_what_was_typed_stays(client, kind):
    data, sentence = EVIL[kind]
    signed_in(client, "clerk")
    answer = new_document(client, file(data))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert 'value="Kept title"' in page
    assert 'value="Kept board"' in page
    assert Document.objects.count() == 0


def test_a_file_that_is_too_large_gets_its_sentence(client, settings):
    settings.UPLOAD_LIMIT = 1_000_000
    signed_in(client, "clerk")
    document = make_document(slug="plan")
    large = file(PDF + b"\0" * 1_000_000)
    typed = {"changed": "Kept", "precision": "day", "upload": large}
    answer = client.post("/library/plan/versions/add/", typed)
    page = answer.content.decode()
    assert "too large. It may be 1 MB at most" in page
    assert "Kept</textarea>" in page
    assert document.versions.count() == 1


def test_no_file_is_asked_for(client):
    signed_in(client, "clerk")
    assert "Choose a file" in new_document(client, "").content.decode()


def test_the_same_form_twice_is_one_document_and_one_version(client):
    signed_in(client, "clerk")
    owner, once = make_post("officer").pk, str(uuid.uuid4())
    for _ in "ab":
        assert new_document(client, file(PDF), once=once, owner=owner).status_code == 302
    once = str(uuid.uuid4())
    for _ in "ab":
        typed = {"changed": "All", "precision": "day", "upload": file(PDF), "once": once}
        assert client.post("/library/kept-title/versions/add/", typed).status_code == 302
    assert (Document.objects.count(), Version.objects.count()) == (1, 2)


# ------------------------------------------------------------------ what else is typed


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"restricted": "on"}, "Say why it is only for them"),
        ({"reader_posts": "nobody@place.example"}, "Nobody here has this address"),
        ({"approved_by": "", "approved_on": "1 May 2020"}, "Say who approved it"),
        ({"approved_on": "31 February"}, "Enter the date as a day and a month"),
        ({"approved_on": "1 January 2099"}, "cannot have been approved on a day to come"),
        ({"title": ""}, "Fill in: Title"),
        ({"owner": "999999"}, "Choose one of the answers shown"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, typed, says):
    signed_in(client, "clerk")
    assert says in new_document(client, file(PDF), **typed).content.decode()
    assert Document.objects.count() == 0


def test_readers_are_named_by_their_addresses(client):
    signed_in(client, "clerk")
    reader = make_post("officer")
    typed = {"restricted": "on", "restricted_why": "One family",
             "reader_posts": f"  {reader.user.email.upper()}\n\n"}  # fmt: skip
    assert new_document(client, file(PDF), **typed).status_code == 302
    document = Document.objects.get()
    assert list(document.reader_posts.all()) == [reader]
    page = client.get(f"/library/{document.slug}/change/").content.decode()
    assert reader.user.email in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"kind": "translation"}, "Choose the language"),
        ({"kind": "easy_read", "upload": ""}, "Choose a file, or give a link"),
        ({"kind": "easy_read", "link": "https://x.example"}, "one of the two"),
        ({"kind": "bsl"}, "give the link to it instead"),
        ({"kind": "audio"}, "We take sound as MP3"),
        ({"kind": ""}, "Choose: What it is"),
    ],
)
def test_a_sibling_says_what_is_missing(client, typed, says):
    signed_in(client, "clerk")
    make_document(slug="plan")
    sent = {"upload": file(PDF), "precision": "day"} | typed
    answer = client.post("/library/plan/versions/1/others/add/", sent)
    assert says in answer.content.decode()
    assert Sibling.objects.count() == 0


def test_a_language_is_kept_for_translations_only(client):
    signed_in(client, "clerk")
    make_document(slug="plan")
    sent = {"upload": file(PDF), "precision": "day", "language": "pl"}
    for kind in ("translation", "easy_read"):
        answer = client.post(
            "/library/plan/versions/1/others/add/", sent | {"kind": kind, "upload": file(PDF)}
        )
        assert answer.status_code == 302
    assert sorted(Sibling.objects.values_list("kind", "language")) == [
        ("easy_read", ""), ("translation", "pl"),
    ]  # fmt: skip
