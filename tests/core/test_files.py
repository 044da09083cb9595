"""Hostile files: each is answered with a sentence, and nothing hidden survives."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from saidanddone.core import files


def image(kind="PNG", size=(40, 30), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, kind)
    return out.getvalue()


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        image()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
        b"GIF89a" + b"\xff" * 50,
        b"%PDF-1.7 pretends",
    ],
)
def test_picture_that_is_none_is_refused_with_a_sentence(data):
    with pytest.raises(files.FileRefused) as refused:
        files.picture(ContentFile(data, name="evil.png"))
    assert str(refused.value).endswith(".")


def test_picture_bomb_is_refused():
    bomb = image(size=(9000, 9000), mode="1")
    with pytest.raises(files.FileRefused, match="too large"):
        files.picture(ContentFile(bomb, name="bomb.png"))


def test_an_emblem_carries_nothing_of_its_file():
    noted = PngInfo()
    noted.add_text("Comment", "by Somebody of 12 Example Road")
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (9, 9, 9, 0)).save(out, "PNG", pnginfo=noted)
    safe = files.emblem(ContentFile(out.getvalue() + b"<script>", name="p.png")).read()
    assert b"Example Road" not in safe
    assert b"<script>" not in safe
    assert Image.open(io.BytesIO(safe)).getpixel((1, 1)) == (9, 9, 9, 0)


def test_picture_is_written_anew_and_shrunk():
    safe = files.picture(ContentFile(image(size=(3200, 1600)) + b"<script>", name="p.png"))
    assert Image.open(safe).size == (1600, 800)
    assert b"<script>" not in safe.read()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), files.OFFICE["docx"]),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), files.OFFICE["xlsx"]),
        (zipped("mimetype", "content.xml"), "application/vnd.oasis.opendocument.text"),
        (image("JPEG"), "image/jpeg"),
    ],
)
def test_paper_is_known_by_its_content(data, media):
    assert files.paper(ContentFile(data, name="x.exe")).media_type == media


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00",
        zipped("a.txt"),
        zipped("[Content_Types].xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        b"<html><script>",
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ],
)
def test_paper_that_is_not_safe_is_refused(data):
    with pytest.raises(files.FileRefused):
        files.paper(ContentFile(data, name="minutes.pdf"))


def test_paper_name_is_cleaned():
    checked = files.paper(ContentFile(b"%PDF-1.7", name="../../et\u202ec/pass wd.pdf"))
    assert "/" not in checked.name
    assert checked.name.endswith("pass wd.pdf")
