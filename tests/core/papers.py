"""Small real files for tests: a PDF with words, and files as Office writes them."""

import io
import zipfile
from xml.sax.saxutils import escape

import typst

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
T = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def typeset(*paragraphs):
    """A PDF with these paragraphs; one that begins with "= " is a heading."""
    words = "\n\n".join(paragraphs)
    return typst.compile(words.encode(), ignore_system_fonts=True)


def packed(**parts):
    """A zip with these parts; in their names __ stands for the stroke between folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("[Content_Types].xml", "<Types/>")
        for name, words in parts.items():
            files.writestr(f"{name.replace('__', '/')}.xml", words)
    return out.getvalue()


def docx(*paragraphs, heading=""):
    """A Word file with a heading and these paragraphs."""
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = f"<w:p>{style}<w:r><w:t>{escape(heading)}</w:t></w:r></w:p>" if heading else ""
    body += "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in paragraphs)
    return packed(word__document=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def xlsx(*cells):
    """An Excel file with these words in its cells."""
    rows = "".join(f"<si><t>{escape(words)}</t></si>" for words in cells)
    return packed(xl__workbook="<x/>", xl__sharedStrings=f"<sst {S}>{rows}</sst>")


def pptx(*slides):
    """A PowerPoint file; each slide is a list of lines."""
    parts = {}
    for number, lines in enumerate(slides, start=1):
        body = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        parts[f"ppt__slides__slide{number}"] = f"<p {A}>{body}</p>"
    return packed(**parts)


def odt(*paragraphs, heading=""):
    """An OpenDocument text."""
    body = f"<text:h>{escape(heading)}</text:h>" if heading else ""
    body += "".join(f"<text:p>{escape(words)}</text:p>" for words in paragraphs)
    return packed(content=f"<office {T}>{body}</office>", mimetype="")
