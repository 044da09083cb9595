"""XML from outside, read safely: no document type, no entities of its own, no depth without end."""

import html.entities
import re
import xml.etree.ElementTree as ET
from typing import Any

from saidanddone.core.files import FileRefused

DEEPEST = 60
MOST_PARTS = 400_000
PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
MARKS = [
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
]  # fmt: skip
NOT_XML = "This is not an XML file. Save what ModernGov’s web service answers as it is."


def tree(content: bytes) -> ET.Element:
    """The file's elements, tags in small letters; raises FileRefused with a sentence."""
    text = PROLOGUE.sub("", _decoded(content), count=1)
    text = UNSPEAKABLE.sub("", NAMED.sub(_named, text))
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 -- its builder refuses document types
    try:
        parser.feed(text)
        return parser.close()
    except ET.ParseError as broken:
        row = broken.position[0]
        raise FileRefused(
            f"This XML file is broken at line {row}. Fetch it again from ModernGov."
        ) from broken
    except ValueError as broken:
        raise FileRefused(NOT_XML) from broken


class _Builder(ET.TreeBuilder):
    """Builds the tree, and stops at what no answer of a web service has."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.parts = 0

    def doctype(self, name: str, public: Any, system: Any) -> None:
        raise FileRefused(
            "This XML file brings definitions of its own, which can be used to do harm. "
            "Fetch it again from ModernGov."
        )

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        self.parts += 1
        if self.depth > DEEPEST or self.parts > MOST_PARTS:
            raise FileRefused("This XML file holds more, or nests deeper, than we read at once.")
        small = {_small(name): value for name, value in attrs.items()}
        return super().start(_small(tag), small)

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(_small(tag))

    def close(self) -> ET.Element:
        return super().close()


def _small(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _decoded(content: bytes) -> str:
    """The text, by its mark, by what it declares, else as UTF-8 or as Windows wrote it."""
    if not content.strip():
        raise FileRefused("This file is empty. Choose another one.")
    marked = [name for mark, name in MARKS if content.startswith(mark)]
    declared = DECLARED.match(content.lstrip()[:300])
    named = [declared[1].decode("ascii")] if declared else []
    for name in [*marked[:1], *named, "utf-8", "cp1252"]:
        try:
            text = content.decode(name).lstrip("\ufeff \t\r\n")
        except (LookupError, ValueError):
            continue
        if text.startswith("<"):  # else it says one thing of itself and is another
            return text
    raise FileRefused(NOT_XML)


def _named(found: re.Match) -> str:
    """HTML's names for signs, which XML does not know; an unknown one stays as words."""
    name = found[1]
    if name in PREDEFINED:
        return found[0]
    sign = html.entities.html5.get(f"{name};")
    return "".join(f"&#{ord(one)};" for one in sign) if sign else f"&amp;{name};"
