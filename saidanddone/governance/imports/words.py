"""HTML and text as other systems keep them, made into the plain words that we keep."""

import html
import re
from html.parser import HTMLParser

BLOCKS = {
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
UNSEEN = {
    "head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title",
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
MOST_TIMES = 6  # that a system wrapped its text in entities again


def unwrapped(text: str) -> str:
    """Entities decoded until nothing changes: some councils' texts were wrapped twice."""
    for _ in range(MOST_TIMES):
        once = html.unescape(text)
        if once == text:
            break
        text = once
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str | None) -> str:
    """One line of words, without tags; empty when there was only space."""
    return " ".join(words(text or "").split())


def words(text: str) -> str:
    """The words of a piece of HTML in paragraphs; nothing of it can be run or drawn any more."""
    plain = unwrapped(text)
    if "<" in plain:
        reader = _Words()
        reader.feed(plain)
        reader.close()
        plain = "".join(reader.found)
    lines = [" ".join(one.split()) for one in plain.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Keeps what a reader would see: words, paragraphs, the dots of a list, the cells of a table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in UNSEEN:
            self.hidden += 1
        elif tag == "br":
            self.found.append("\n")
        elif tag == "li":
            self.found.append("\n• ")
        elif tag in {"td", "th"}:
            self.found.append("  ")
        elif tag in BLOCKS:
            self.found.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS:
            self.found.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data.replace("\n", " "))
