"""Small real PDFs, sound and hostile, and what stands in one."""

import io

import typst
from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter

SHEET = '#set document(title: "{words}")\n#set page(width: {width}pt, height: {height}pt)\n{pages}'


def pdf(words="A paper", pages=1, *, wide=False):
    """A PDF with these words on each of its pages."""
    width, height = (842, 595) if wide else (595, 842)
    inside = "\n#pagebreak()\n".join(f"{words} {n}" for n in range(1, pages + 1))
    sheet = SHEET.format(words=words, width=width, height=height, pages=inside)
    return typst.compile(sheet.encode(), ignore_system_fonts=True)


def locked():
    """One that opens by a password only."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf("Secret")))
    writer.encrypt("password")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def loaded():
    """One that carries a file and an author whom nobody should meet."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf("Loaded")))
    writer.add_attachment("CANARY-file.txt", b"CANARY inside")
    writer.add_metadata({"/Author": "CANARY author"})
    for page in writer.pages:
        page.rotate(90)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(data, name="paper.pdf"):
    """Bytes as a file that somebody sends."""
    return ContentFile(data, name=name)


def words(data):
    """All that stands in a PDF, a line of its own for each page's label."""
    file = PdfReader(io.BytesIO(data))
    pages = zip(file.page_labels, file.pages, strict=True)
    return "\n".join(f"[{label}] {page.extract_text()}" for label, page in pages)


def page_of(data, label):
    """The words of the page with this number."""
    file = PdfReader(io.BytesIO(data))
    return file.pages[file.page_labels.index(label)].extract_text()


def bookmarks(data):
    """The titles in its outline, at any depth."""
    found = []

    def walk(level):
        for one in level:
            if isinstance(one, list):
                walk(one)
            else:
                found.append(one.title)

    walk(PdfReader(io.BytesIO(data)).outline)
    return found
