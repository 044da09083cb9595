"""Prints one sheet, or looks at one paper, alone in a process that may be killed at any time.

`printing` starts it in a folder that holds the sheet, what it tells, and the papers; nothing else
of ours is around it. A hostile paper can end this process and do no more. It imports nothing of
the product.
"""

import io
import json
import resource
import sys
from pathlib import Path
from typing import Final

import typst
from pypdf import PdfReader

MOST_MEMORY = 2_500_000_000  # bytes of addresses, of which few are ever used
MOST_SECONDS = 120  # of the processor
LARGEST = 400_000_000  # bytes of a file that it writes
MOST_PAGES = 300  # of one paper; a longer one is better read by itself
LEAST_SIDE, MOST_SIDE = 36.0, 5_000.0  # points
# PDF/UA: a screen reader finds order, headings and tables. Pages of other PDFs cannot promise that.
READABLE: Final = "ua-1"
SHOW = """
#set page(width: 60pt, height: 60pt)
#for n in range(1, {pages} + 1) {{ image("{name}", page: n, height: 30pt) }}
"""


def main() -> int:
    """Do what is asked for in this folder, within limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    deed, name = sys.argv[1:]
    told = {"look": look, "press": press}[deed](name)
    Path("answer.json").write_text(json.dumps(told), encoding="utf-8")
    return 0


def look(name: str) -> dict:
    """How many pages a paper has and how large each is; fails if it cannot be shown whole."""
    file = PdfReader(io.BytesIO(Path(name).read_bytes()))
    if len(file.pages) > MOST_PAGES:
        raise ValueError("too many pages")
    sizes = [_size(page) for page in file.pages]
    Path("look.typ").write_text(SHOW.format(pages=len(sizes), name=name), encoding="utf-8")
    typst.compile("look.typ", root=".", ignore_system_fonts=True)
    return {"sizes": sizes}


def _size(page: object) -> list[float]:
    """Width and height as a reader sees them, turned pages turned."""
    box = page.cropbox  # type: ignore[attr-defined]
    width, height = float(box.width), float(box.height)
    if page.rotation % 180:  # type: ignore[attr-defined]
        width, height = height, width
    return [min(max(side, LEAST_SIDE), MOST_SIDE) for side in (width, height)]


def press(moment: str) -> dict:
    """The sheet as a PDF, and where each of its marked places stands."""
    made = typst.Compiler("sheet.typ", root=".", ignore_system_fonts=True)
    try:
        pdf = made.compile(format="pdf", timestamp=int(moment), pdf_standards=READABLE)
    except typst.TypstError:
        pdf = made.compile(format="pdf", timestamp=int(moment))  # it carries papers of others
    if not isinstance(pdf, bytes):
        raise TypeError("A PDF is one file")
    Path("out.pdf").write_bytes(pdf)
    places = json.loads(made.query("<place>", field="value"))
    return {"pages": len(PdfReader(io.BytesIO(pdf)).pages), "places": places}


if __name__ == "__main__":
    sys.exit(main())
