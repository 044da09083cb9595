"""Papers that are put behind an item: what is taken, and the sentence for what is not."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saidanddone.governance.models import Paper
from tests.factories.governance import make_item, make_meeting
from tests.factories.people import make_post, sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(side=20):
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "purple").save(out, "PNG")
    return out.getvalue()


def archive(*names, size=10):
    """A zip with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, b"0" * size)
    return out.getvalue()


def pixel_bomb():
    """A few bytes that claim to be 50,000 by 50,000 pixels."""
    small = bytearray(picture(1))
    small[16:24] = (50_000).to_bytes(4) * 2
    return bytes(small)


def send(client, item, data, name="paper.pdf", **more):
    """Send a file as the clerk."""
    upload = SimpleUploadedFile(name, data, content_type="application/pdf")
    address = f"/meetings/{item.meeting_id}/items/{item.pk}/papers/"
    return client.post(address, {"title": "A paper", "upload": upload} | more)


@pytest.fixture
def item(client):
    """An item, with the clerk signed in."""
    sign_in(client, make_post("clerk"))
    return make_item(meeting=make_meeting())


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "Report (final) 2.pdf", "application/pdf"),
        (PDF, "../../etc/passwd", "application/pdf"),
        (picture(), "photo.png", "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_papers_that_are_taken(client, item, data, name, media_type):
    assert send(client, item, data, name).status_code == 302
    paper = Paper.objects.get()
    assert paper.media_type == media_type
    assert str(paper.pk) in paper.file.name  # no name from outside ever becomes a path
    assert ".." not in paper.file.name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        (SVG, "drawing.svg"),
        (SVG, "drawing.png"),
        (b"<html><script>alert(1)</script></html>", "page.pdf"),
        (b"MZ" + b"\x00" * 200, "program.pdf"),
        (EICAR, "virus.pdf"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro.docx"),
        (archive("bomb.bin", size=20_000_000), "bomb.docx"),
        (b"PK\x03\x04broken", "broken.docx"),
        (pixel_bomb(), "bomb.png"),
        (b"\x89PNG\r\n\x1a\nbroken", "broken.png"),
    ],
)  # fmt: skip
def test_papers_that_are_not_taken_get_a_sentence(client, item, data, name):
    answer = send(client, item, data, name)
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "There is something to fix" in words
    assert 'value="A paper"' in words
    assert Paper.objects.count() == 0


def test_no_file_at_all(client, item):
    address = f"/meetings/{item.meeting_id}/items/{item.pk}/papers/"
    assert "Choose a file" in client.post(address, {"title": "A paper"}).content.decode()


def test_a_paper_sent_twice_is_one(client, item):
    once = str(uuid.uuid4())
    assert [send(client, item, PDF, once=once).status_code for _ in "ab"] == [302, 302]
    assert Paper.objects.count() == 1


def test_a_paper_is_given_back_safely_and_only_to_those_who_may(client, item):
    send(client, item, PDF, restricted="on")
    paper = Paper.objects.get()
    answer = client.get(f"/papers/{paper.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    client.logout()
    assert client.get(f"/papers/{paper.pk}/").status_code == 404
    sign_in(client, make_post("officer"))
    assert client.get(f"/papers/{paper.pk}/").status_code == 404


def test_a_withdrawn_paper_or_a_lost_file_is_not_found(client, item):
    send(client, item, PDF)
    paper = Paper.objects.get()
    client.post(f"/papers/{paper.pk}/withdraw/", {"why": "Wrong file"})
    assert client.post(f"/papers/{paper.pk}/withdraw/", {"why": "Again"}).status_code == 404
    sign_in(client, make_post("officer"))
    assert client.get(f"/papers/{paper.pk}/").status_code == 404
    item.meeting.state = "published"
    sign_in(client, make_post("clerk"))
    send(client, item, PDF)
    lost = Paper.objects.latest("added_at")
    lost.file.delete(save=False)
    Paper.objects.filter(pk=lost.pk).update(file="papers/gone.pdf")
    assert client.get(f"/papers/{lost.pk}/").status_code == 404
