"""The bytes of a letter: made once for its wording, then filled for each person.

Bodies are quoted-printable, which every mail server carries. A filled place stands between soft
line breaks, so that the rest of the body, coded once, stays as it is for everyone.
"""

import base64
import binascii
import re
import secrets
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache

from django.conf import settings
from django.utils import timezone

from saidanddone.mail import drawing
from saidanddone.mail.models import Letter, Wording

OURS = {
    "date", "message-id", "from", "to", "subject", "auto-submitted", "mime-version", "content-type",
    "content-transfer-encoding", "sender", "reply-to", "return-path", "received", "cc", "bcc",
}  # fmt: skip
RISKY = re.compile(rb"^(\.+|From )", re.MULTILINE)  # what servers on the way read as their own
LONGEST_ADDRESS = 254
NEVER_IN_ADDRESS = re.compile(r"[@<>()\[\],;:\\\s]")
ENCLOSED = (
    "Content-Type: text/calendar; method=PUBLISH; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    'Content-Disposition: attachment; filename="meeting.ics"\r\n\r\n'
)
BODY = "Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"


class Unsendable(ValueError):  # noqa: N818  its words say why
    """Why this copy can never be sent."""


class Master:
    """A wording, ready to be filled."""

    def __init__(self, wording: Wording) -> None:
        self.boundary = f"=_{secrets.token_hex(12)}"  # "=_" stands in no quoted-printable body
        self.outer = f"=_{secrets.token_hex(12)}"
        self.wording = wording
        self.top = self._top()
        # Two bodies stand side by side: a program shows the last that it can.
        self.middle = f"\r\n--{self.boundary}\r\n{BODY % 'html'}".encode() if wording.html else b""
        self.end = f"\r\n--{self.boundary}--\r\n".encode() if wording.html else b""
        self.end += self._enclosed() if wording.calendar else b""
        self.headers = [(name, drawing.parts(text)) for name, text in wording.headers.items()]
        self.text = coded(wording.text)
        self.html = coded(wording.html) if wording.html else []

    def filled(self, letter: Letter) -> bytes:
        """One person's letter, whole, with the lines that differ for each on top."""
        own = [
            f"Date: {format_datetime(timezone.now())}",
            f"Message-ID: <{letter.message_id}>",
            f"To: {addressed(letter.address)}",
            *(f"{name}: {self._header(cut, letter.fill)}" for name, cut in self.headers),
        ]
        return b"".join(
            [
                "\r\n".join([*own, ""]).encode(),
                self.top,
                *_filled(self.text, letter.fill, escaped=False),
                self.middle,
                *_filled(self.html, letter.fill, escaped=True),
                self.end,
            ]
        )

    def _top(self) -> bytes:
        """The headers that are the same for everyone, up to where the text begins."""
        kind = f'Content-Type: multipart/alternative; boundary="{self.boundary}"\r\n\r\n'
        lines = [
            folded("From", settings.MAIL_FROM),
            folded("Subject", drawing.one_line(self.wording.subject)),
            "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n",
            self._opening() if self.wording.calendar else "",
            f"{kind}--{self.boundary}\r\n" if self.wording.html else "",
            BODY % "plain",
        ]
        return "".join(lines).encode()

    def _opening(self) -> str:
        """Where words and an enclosed file stand one after the other."""
        kind = f'Content-Type: multipart/mixed; boundary="{self.outer}"\r\n\r\n'
        return f"{kind}--{self.outer}\r\n"

    def _enclosed(self) -> bytes:
        """The file that comes with it, behind the words."""
        file = base64.encodebytes(self.wording.calendar.encode()).replace(b"\n", b"\r\n")
        between, end = f"\r\n--{self.outer}\r\n", f"--{self.outer}--\r\n"
        return between.encode() + ENCLOSED.encode() + file + end.encode()

    @staticmethod
    def _header(cut: list[str], fill: dict[str, str]) -> str:
        words = [drawing.value(fill, part) if n % 2 else part for n, part in enumerate(cut)]
        return drawing.one_line("".join(words)).encode("ascii", "replace").decode()


def folded(name: str, words: str) -> str:
    """A header with its line ends, other alphabets coded as mail wants it."""
    return SMTP.fold(name, SMTP.header_factory(name, words))


def coded(text: str) -> list[bytes | str]:
    """A body cut at its places: coded words and, between them, the places' names."""
    cut = drawing.parts(text)
    last = len(cut) - 1
    out: list[bytes | str] = []
    for number, part in enumerate(cut):
        if number % 2:
            out.append(part)
            continue
        words = quoted(part)
        before = b"=\r\n" if number else b""
        after = b"=\r\n" if number != last and words and not words.endswith(b"\r\n") else b""
        out.append(before + words + after)
    return out


def _filled(cut: list[bytes | str], fill: dict[str, str], *, escaped: bool) -> list[bytes]:
    return [
        part if isinstance(part, bytes) else quoted(drawing.value(fill, part, escaped=escaped))
        for part in cut
    ]


def quoted(text: str) -> bytes:
    """Quoted-printable, with CRLF, in which no line begins with a full stop or with "From "."""
    lines = [binascii.b2a_qp(line.encode()) for line in text.split("\n")]
    words = b"\r\n".join(line.replace(b"=\n", b"=\r\n") for line in lines)
    return RISKY.sub(_harmless, words)


def _harmless(found: re.Match[bytes]) -> bytes:
    if found[1].startswith(b"F"):
        return b"=46=\r\nrom "
    return b"=2E=\r\n" * len(found[1])


def addressed(address: str) -> str:
    """An address as mail servers read it: the domain in ASCII; refused if it could mean two."""
    address = address.strip()
    local, at, domain = address.partition("@")
    if not (at and local and domain) or len(address) > LONGEST_ADDRESS:
        raise Unsendable("not an address")
    if NEVER_IN_ADDRESS.search(local + domain) or not address.isprintable():
        raise Unsendable("an address with signs that no server takes")
    if domain.isascii() and ".." not in domain:
        return f"{local}@{domain}"
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as trouble:
        raise Unsendable("a domain that cannot be") from trouble


def sender() -> str:
    """The bare address in MAIL_FROM, to which a server may report."""
    return _bare(settings.MAIL_FROM)


@cache
def _bare(words: str) -> str:
    return addressed(parseaddr(words)[1])


def own_domain() -> str:
    """The domain of our own address."""
    return sender().rpartition("@")[2]
