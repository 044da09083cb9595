"""Printing apart from everything: what cannot be printed is told, and no paper can do more."""

import pytest

from saidanddone.core import clock, printing
from tests.governance.pdfs import locked, pdf

HOSTILE = {
    "empty": b"", "nothing": b"%PDF-1.7\n", "cut": pdf("cut")[:2500], "locked": locked(),
    "no pdf": b"PK\x03\x04zip",
    "loop": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
}  # fmt: skip


def test_a_sound_paper_tells_its_pages(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf("A", 2, wide=True))
    assert printing.pages_of(tmp_path, "a.pdf") == [[842.0, 595.0], [842.0, 595.0]]


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_paper_has_no_pages(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    assert printing.pages_of(tmp_path, "a.pdf") is None


def test_a_sheet_is_printed_with_what_it_tells(tmp_path):
    sheet = '#let told = json("told.json")\n#told.words #metadata((key: "k")) <place>'
    made = printing.printed(tmp_path, sheet, {"words": "Tell #this"}, clock.now())
    assert made.pdf.startswith(b"%PDF-")
    assert (made.pages, made.places) == (1, [{"key": "k"}])


@pytest.mark.parametrize(("sheet", "promised"), [("= Hear us", True), ('#image("a.pdf")', False)])
def test_a_sheet_promises_screen_readers_what_it_can(tmp_path, sheet, promised):
    (tmp_path / "a.pdf").write_bytes(pdf("A"))
    whole = '#set document(title: "Minutes")\n#set text(lang: "en")\n' + sheet
    made = printing.printed(tmp_path, whole, {}, clock.now())
    assert (b"<pdfuaid:part>1<" in made.pdf) is promised


def test_a_sheet_that_cannot_be_printed_is_told(tmp_path):
    with pytest.raises(printing.NotPrinted):
        printing.printed(tmp_path, "#panic()", {}, clock.now())


def test_a_sheet_reads_nothing_outside_its_folder(tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    for path in ("../secret.txt", str(outside), "/etc/hostname"):
        with pytest.raises(printing.NotPrinted):
            printing.printed(inside, f'#read("{path}")', {}, clock.now())
