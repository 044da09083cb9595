"""A letter sent or forwarded to the bulletin, read into the title and words of a suggestion."""

import re
from contextlib import suppress
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from saidanddone.bulletin.imports.contacts import ADDRESS
from saidanddone.bulletin.models import MOST_WORDS
from saidanddone.core.files import FileRefused
from saidanddone.mail import bounces
from saidanddone.mail.models import Bounce

MOST_BYTES = 10_000_000
MOST_PARTS = 100
MOST_READ = 100_000  # characters of a part that are looked at
PASSED_ON = re.compile(r"^\s*((fwd?|wg|tr|re|aw)\s*:\s*)+", re.IGNORECASE)
BEGINS = re.compile(
    r"^[ \t>]*-{2,}\s*(forwarded message|original message|begin forwarded).*$",
    re.IGNORECASE | re.MULTILINE,
)
HEADER = re.compile(
    r"^\s*\*?(from|sent|date|to|cc|bcc|subject|reply-to)\s*:\*?.{0,500}$", re.IGNORECASE
)
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
UNREADABLE = "This is not a letter that we can read. Save it as a whole (.eml)."
HIDDEN = {"script", "style", "head", "title"}
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"}


class Words(HTMLParser):
    """The words of a page, and nothing else of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def read(content: bytes) -> dict[str, Any]:
    """Who suggests what; raises FileRefused. Answers of machines and bounces suggest nothing."""
    try:
        message = message_from_bytes(content)
        parts = list(islice(message.walk(), MOST_PARTS))
        machine = _by_a_machine(message)
    except RecursionError as deep:
        raise FileRefused(UNREADABLE) from deep
    name, address = parseaddr(_header(message, "From"))
    if not ADDRESS.fullmatch(address) or len(address) > 254:
        raise FileRefused(UNREADABLE)
    title = " ".join(PASSED_ON.sub("", _header(message, "Subject")).split())
    words, cut = _short(_trimmed(_best(parts)))
    return {
        "machine": machine, "name": " ".join(name.split())[:180], "address": address.lower(),
        "title": title[:120] or words[:60] or "Without a subject", "words": words, "cut": cut,
        "mark": bounces.read(content).mark,
    }  # fmt: skip


def _by_a_machine(message: Message) -> bool:
    """Whether no person sent it: a bounce, a complaint, an automatic answer, a list."""
    if "List-Id" in message or str(message.get("Return-Path", "")).strip() == "<>":
        return True
    return any(one.kind != Bounce.Kind.OTHER for one in bounces.verdicts(message))


def _header(message: Message, name: str) -> str:
    told = str(message.get(name, ""))[:2_000]
    with suppress(LookupError, ValueError, UnicodeError):
        told = str(make_header(decode_header(told)))
    return "".join(sign for sign in told if sign.isprintable())


def _best(parts: list[Message]) -> str:
    """The first part that is plain text, else the words of the first page."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            attached = part.get_content_disposition() == "attachment"
            if part.get_content_type() != kind or attached:
                continue
            told = bounces.text_of(part)[:MOST_READ].replace("\0", "")
            if kind == "text/html":
                page = Words()
                with suppress(AssertionError):  # so the parser answers some broken declarations
                    page.feed(told)
                told = "".join(page.found)
            if told.strip():
                return told
    return ""


def _trimmed(told: str) -> str:
    """Without signature, without the lines that say who forwarded what to whom."""
    told = told.replace("\r\n", "\n").replace("\r", "\n")
    if begins := BEGINS.search(told):
        told = told[begins.end() :]
    told = SIGNATURE.split(told.lstrip("\n"), maxsplit=1)[0]
    lines = [line.strip() for line in told.split("\n") if not HEADER.match(line)]
    kept = [line for line in lines if not line.startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _short(told: str) -> tuple[str, bool]:
    """At most as many words as an item may have, and whether there were more."""
    ends = [one.end() for one in islice(re.finditer(r"\S+", told), MOST_WORDS + 1)]
    if len(ends) <= MOST_WORDS:
        return told[:5_000], False
    return told[: ends[MOST_WORDS - 1]][:5_000] + "…", True
