"""Reads the words out of one file, alone in a process of its own that may be killed at any time.

`texts` starts it with nothing of ours in its surroundings: no settings, no database, no secrets.
The file comes in at stdin; what was found goes out at stdout as JSON. Whatever is wrong with the
file, the worst that happens is that this process ends. It imports nothing of the product.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

MOST_MEMORY = 700_000_000  # bytes
MOST_SECONDS = 30  # of the processor
MOST_PAGES = 600
MOST_LETTERS = 1_000_000
LARGEST_PART = 60_000_000  # bytes of one part of an Office file, unpacked
MOST_PARTS = 400
HEADING_SIZE = 1.15  # times the size that most of the words have
LONGEST_HEADING = 160  # letters
BLANKS = re.compile(r"[ \t\u00a0]+")
# Beginnings that keep their hyphen where a line happens to end: co-production, not coproduction.
HYPHENED = {"co", "self", "non", "multi", "well", "cross", "follow", "long", "short", "decision"}
PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ue000\ue001\u00ad]")
SOFT = "\u00ad"  # a hyphen that stands only where a line ends

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
O = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"  # noqa: E741 -- as the others are called
Block = tuple[bool, str]  # whether it is a heading, and its words


def main() -> int:
    """Read stdin as the kind of file that is named, within limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no files
    sys.setrecursionlimit(2_000)
    data = io.BytesIO(sys.stdin.buffer.read())
    pages, blocks = READERS[sys.argv[1]](data)
    told = json.dumps({"pages": pages, "text": written(blocks)})
    sys.stdout.write(told)
    return 0


def written(blocks: Iterator[Block]) -> str:
    """Paragraphs apart by a blank line; a heading opens with "# ", and nothing else does."""
    parts: list[str] = []
    letters = 0
    for large, words in blocks:
        clean = BLANKS.sub(" ", NEVER.sub("", words)).strip().lstrip("# ")
        if not clean:
            continue
        heading = large and len(clean) <= LONGEST_HEADING and not clean.endswith(".")
        parts.append(f"# {clean}" if heading else clean)
        letters += len(clean)
        if letters > MOST_LETTERS:
            break
    return "\n\n".join(parts)[:MOST_LETTERS]


# ------------------------------------------------------------------ PDF


def pdf(data: io.BytesIO) -> tuple[int, Iterator[Block]]:
    """The words of a PDF, line by line, put together into paragraphs; larger ones are headings."""
    from pypdf import PdfReader  # noqa: PLC0415 -- after the limits are set, and only for PDFs

    file = PdfReader(data)
    if file.is_encrypted and not file.decrypt(""):
        raise ValueError("it opens by a password only")
    pages = len(file.pages)
    lines = [line for page in file.pages[:MOST_PAGES] for line in page_lines(page)]
    return pages, paragraphs(lines)


Line = tuple[str, float, bool]  # words, size of the letters, whether a gap stands before it


class Lines:
    """Gathers the pieces of a page into lines, with the size of their letters and the gaps."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.words, self.size, self.gap = "", 0.0, False
        self.height: float | None = None  # where on the page this line stands

    def visit(self, text: str, cm: list, tm: list, font: object, size: float) -> None:
        """Take one piece, as pypdf gives it: its matrices say where it stands and how large."""
        here = cm[5] + tm[5] * (cm[3] or 1)
        letters = abs(size * (tm[3] or tm[1] or 1) * (cm[3] or 1))
        if text.strip():
            if self.height is None or abs(self.height - here) > 1:
                self.end(here, letters)
            self.size = max(self.size, letters)
        self.words += text

    def end(self, here: float = 0, letters: float = 0) -> None:
        """The line is over; the next one stands at that height."""
        words = BLANKS.sub(" ", self.words.replace("\n", " ")).strip()
        if words:
            self.lines.append((words, self.size, self.gap))
        gone = self.height is not None and abs(self.height - here)
        far = bool(gone) and gone > 1.9 * max(self.size, letters)
        self.gap = far or (self.gap and not words)
        self.words, self.size, self.height = "", letters, here


def page_lines(page: Any) -> list[Line]:
    """The lines of one page."""
    found = Lines()
    page.extract_text(visitor_text=found.visit)
    found.end()
    return found.lines


def paragraphs(lines: list[Line]) -> Iterator[Block]:
    """Lines of one size without a gap between them belong together."""
    sizes: Counter[float] = Counter()
    for words, size, _ in lines:
        sizes[round(size, 1)] += len(words)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    longest = max((len(words) for words, _, _ in lines), default=0)
    words, heading, before = "", False, 0.0
    for line, size, gap in lines:
        if PAGE_NUMBER.fullmatch(line):
            continue
        large = size > usual * HEADING_SIZE
        other = large != heading or (large and abs(size - before) > 1)
        if words and (other or gap or ended(words, longest)):
            yield heading, words
            words = ""
        words, heading, before = joined(words, line), large, size
    yield heading, words


def ended(words: str, longest: int) -> bool:
    """Whether a line ends its paragraph: a sentence is over well before the margin."""
    last = words.rpartition("\n")[2]
    return words.endswith((".", ":", "?", "”")) and len(last) < 0.75 * longest


def joined(words: str, line: str) -> str:
    """The next line of a paragraph; a word that was parted at the margin is put together."""
    if words.endswith(("-", SOFT)) and line[:1].islower():
        kept = words.endswith("-") and words[:-1].rpartition(" ")[2].lower() in HYPHENED
        return (words if kept else words[:-1]) + line
    return f"{words} {line}" if words else line


# ------------------------------------------------------------------ Office


def part(files: zipfile.ZipFile, name: str) -> ET.Element:
    """One part of an Office file, if it is not too large and declares no entities."""
    if files.getinfo(name).file_size > LARGEST_PART:
        raise ValueError("a part of it is too large")
    with files.open(name) as packed:
        data = packed.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART or b"<!DOCTYPE" in data[:2_000] or b"<!ENTITY" in data:
        raise ValueError("a part of it is not what Office writes")
    return ET.fromstring(data)  # noqa: S314 -- no document type was let through


def docx(data: io.BytesIO) -> tuple[None, Iterator[Block]]:
    """Word: its paragraphs, with the headings that its styles name."""
    with zipfile.ZipFile(data) as files:
        body = part(files, "word/document.xml")
    return None, (word_paragraph(one) for one in body.iter(f"{W}p"))


def word_paragraph(paragraph: ET.Element) -> Block:
    """A paragraph of Word and whether its style is a heading's."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = (style.get(f"{W}val") or "").lower() if style is not None else ""
    words = "".join(
        one.text or "" if one.tag == f"{W}t" else " "
        for one in paragraph.iter()
        if one.tag in {f"{W}t", f"{W}tab", f"{W}br"}
    )
    return name.startswith(("heading", "title")), words


def xlsx(data: io.BytesIO) -> tuple[None, Iterator[Block]]:
    """Excel: the words in its cells, each once; figures are left out."""
    with zipfile.ZipFile(data) as files:
        there = "xl/sharedStrings.xml" in files.namelist()
        cells = part(files, "xl/sharedStrings.xml") if there else ET.Element("none")
    return None, (
        (False, "".join(t.text or "" for t in one.iter(f"{S}t"))) for one in cells.iter(f"{S}si")
    )


def pptx(data: io.BytesIO) -> tuple[int, Iterator[Block]]:
    """PowerPoint: slide by slide, the first line of each as its heading."""
    with zipfile.ZipFile(data) as files:
        slides = [n for n in files.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        slides.sort(key=lambda name: int(re.sub(r"\D", "", name)))
        told = [list(slide_blocks(part(files, name))) for name in slides[:MOST_PARTS]]
    return len(slides), (block for slide in told for block in slide)


def slide_blocks(slide: ET.Element) -> Iterator[Block]:
    """The paragraphs of one slide."""
    first = True
    for paragraph in slide.iter(f"{A}p"):
        words = "".join(one.text or "" for one in paragraph.iter(f"{A}t"))
        if words.strip():
            yield first, words
            first = False


def odt(data: io.BytesIO) -> tuple[None, Iterator[Block]]:
    """OpenDocument: its paragraphs and headings."""
    with zipfile.ZipFile(data) as files:
        body = part(files, "content.xml")
    return None, (
        (one.tag == f"{O}h", "".join(one.itertext()))
        for one in body.iter()
        if one.tag in {f"{O}h", f"{O}p"}
    )


READERS = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "pptx": pptx, "odt": odt}

if __name__ == "__main__":
    sys.exit(main())
