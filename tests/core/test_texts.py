"""Words are read out of real files; hostile ones end only the process that reads them."""

import contextlib
import io
import time
import zlib

import pytest

from saidanddone.core import texts
from saidanddone.core.files import OFFICE
from tests.core.papers import docx, odt, packed, pptx, typeset, xlsx

PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"


def words(data, media_type=PDF):
    """What is read out of these bytes."""
    return texts.words_in(io.BytesIO(data), media_type)


def test_a_pdf_gives_its_paragraphs_headings_and_pages():
    told = words(
        typeset(
            "= Getting about", "Buses come *late*, and the last one leaves before the club ends. " * 3,
            "= Next", "#pagebreak()", "A second page with children’s words.",
        )
    )  # fmt: skip
    blocks = told.text.split("\n\n")
    assert told.pages == 2
    assert blocks[0] == "# Getting about"
    assert blocks[1].startswith("Buses come late, and the last one leaves")
    assert blocks[1].count("the club ends.") == 3
    assert "A second page with children’s words." in blocks


def test_words_parted_at_the_margin_are_put_together():
    text = "#set text(hyphenate: true)\n#set page(width: 5cm)\nTransportation considerations notwithstanding"
    assert "notwithstanding" in words(typeset(text)).text


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (
            docx("One & two", "Three", heading="Aims"),
            OFFICE["docx"],
            "# Aims\n\nOne & two\n\nThree",
        ),
        (xlsx("Bury", "Otters"), OFFICE["xlsx"], "Bury\n\nOtters"),
        (pptx(["Title", "Line"], ["Second"]), OFFICE["pptx"], "# Title\n\nLine\n\n# Second"),
        (odt("One", heading="Aims"), ODT, "# Aims\n\nOne"),
    ],
)
def test_office_files_give_theirs(data, media_type, text):
    assert words(data, media_type).text == text


def test_signs_that_no_database_or_page_takes_are_left_out():
    assert words(docx("a\ue000b\ue001 \u00a0 c", "# no heading"), OFFICE["docx"]).text == (
        "ab c\n\nno heading"
    )


def test_a_page_without_words_gives_none():
    assert words(typeset("#rect(width: 5cm)")).text == ""


def endless():
    """A PDF whose page tree goes round in a circle."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def swollen():
    """A PDF whose page is a stream that becomes a gigabyte."""
    deflate = zlib.compressobj(9)
    stream = b"".join(deflate.compress(b"\0" * 10_000_000) for _ in range(100)) + deflate.flush()
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF\n"
    ) % (len(stream), stream)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.4 nothing at all", PDF),
        (b"", PDF),
        (endless(), PDF),
        (swollen(), PDF),
        (packed(word__document=ENTITIES), OFFICE["docx"]),
        (packed(word__document="<broken"), OFFICE["docx"]),
        (packed(word__document="x" * 70_000_000), OFFICE["docx"]),
        (packed(other="<x/>"), OFFICE["docx"]),
        (b"PK\x03\x04 no zip", OFFICE["pptx"]),
    ],
    ids=["nothing", "empty", "circle", "bomb", "entities", "broken", "swollen", "bare", "no zip"],
)
def test_hostile_files_are_unreadable_or_without_words_and_soon(data, media_type):
    began = time.monotonic()
    with contextlib.suppress(texts.Unreadable):
        assert words(data, media_type).text == ""
    assert time.monotonic() - began < 45


def test_pictures_and_sound_are_not_read():
    assert not texts.may_hold_words("image/jpeg")
    assert not texts.may_hold_words("audio/mpeg")
    assert texts.may_hold_words(PDF)
