"""One connection to the mail server, reused for letter after letter.

Where the server allows it (RFC 2920), a letter's body travels together with the next one's
opening, so that a letter costs one round trip. What the server has said of each decides: taken,
never, later, or nobody knows, because the line broke after the whole letter had gone.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from django.conf import settings

from saidanddone.mail import messages

CONNECT_WITHIN = 10  # seconds
ANSWER_WITHIN = 120
IMPLICIT_TLS = 465  # the port on which a server speaks TLS from the first byte
TAKEN, NEVER, LATER, LOST = "taken", "never", "later", "lost"


class Down(Exception):  # noqa: N818  it says how things are with the server, not what we did wrong
    """The mail server takes nothing from us now; nothing of what was asked next has left."""

    def __init__(self, trouble: Exception | str, stumbled: int | None = None) -> None:
        super().__init__(_name(trouble) if isinstance(trouble, Exception) else trouble)
        self.stumbled = stumbled  # the parcel that was being opened


class Parcel(NamedTuple):
    """A letter's number, where it goes, and its bytes."""

    number: int
    address: str
    data: bytes


class Outcome(NamedTuple):
    """What became of a parcel, and the server's code."""

    number: int
    fate: str
    said: str


class Reply(NamedTuple):
    """What the server said: a code, and the words that only the log of the server needs."""

    code: int
    words: bytes

    @property
    def said(self) -> str:
        """The code, with its finer one if there is one; never the words, which may quote."""
        finer = re.match(rb"[245]\.\d{1,3}\.\d{1,3}", self.words)
        return f"{self.code} {finer[0].decode()}" if finer else str(self.code)

    @property
    def fate(self) -> str:
        """What a no means for the letter."""
        return NEVER if self.code // 100 == 5 else LATER


class Carrier:
    """Opens, keeps and closes the connection, and hands parcels over on it."""

    def __init__(self, *, answer_within: float = ANSWER_WITHIN) -> None:
        self.answer_within = answer_within
        self.link: smtplib.SMTP | None = None
        self.together = False  # whether commands may travel in groups

    def open(self) -> None:
        """Have a connection that answers; raises Down if there is none to be had."""
        if self.link is not None:
            return
        try:
            self.link = self._connect()
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise Down(trouble) from trouble
        self.together = self.link.has_extn("pipelining")

    def close(self) -> None:
        """Let go of it; a server that is still there is told."""
        link, self.link = self.link, None
        if link is None:
            return
        try:
            link.sock.settimeout(1)
            link.quit()
        except (OSError, smtplib.SMTPException, AttributeError):
            link.close()

    def drop(self) -> None:
        """Let go of a connection that is broken."""
        link, self.link = self.link, None
        if link is not None:
            link.close()

    def hand_over(self, parcels: Iterable[Parcel]) -> Iterator[Outcome]:
        """Say of each what became of it, as soon as it is known.

        Raises Down when the server takes no more; then those of which nothing was said have not
        left. Between two outcomes at most one letter is under way.
        """
        whole = False
        try:
            yield from self._one_after_another(parcels)
            whole = True
        finally:
            if not whole:  # the server may be waiting for a body
                self.drop()

    def _one_after_another(self, parcels: Iterable[Parcel]) -> Iterator[Outcome]:
        going: Parcel | None = None
        for parcel in parcels:
            if not (parcel.address.isascii() or (self.link and self.link.has_extn("smtputf8"))):
                yield Outcome(parcel.number, NEVER, "no SMTPUTF8")
                continue
            ready = yield from self._step(going, parcel)
            going = parcel if ready else None
        if going:
            yield from self._step(going, None)

    def _step(self, going: Parcel | None, coming: Parcel | None) -> Iterator[Outcome]:
        """Send the body of one and open the next; True if that one's body may follow."""
        opening = self._opening(coming) if coming else []
        apart = going and not self.together
        if going:
            yield self._give(going, b"" if apart else b"".join(opening))
        if not coming:
            return False
        if self.link is None:
            raise Down("the line broke")
        try:
            answers = self._ask(opening, sent=bool(going) and not apart)
            outcome = self._judge(coming, answers)
        except (OSError, smtplib.SMTPException) as trouble:
            self.drop()
            raise Down(trouble, coming.number) from trouble
        if outcome:
            yield outcome
        return outcome is None

    def _opening(self, parcel: Parcel) -> list[bytes]:
        """The commands that come before a body."""
        utf8 = b"" if parcel.address.isascii() else b" SMTPUTF8"
        return [
            b"MAIL FROM:<%s>%s\r\n" % (messages.sender().encode(), utf8),
            b"RCPT TO:<%s>\r\n" % parcel.address.encode(),
            b"DATA\r\n",
        ]

    def _give(self, parcel: Parcel, more: bytes) -> Outcome:
        """Send a body, and with it what comes next; from its first byte on it may have arrived."""
        try:
            self._send(parcel.data + b".\r\n" + more)
            reply = self._read()
        except (OSError, ValueError, smtplib.SMTPException) as trouble:
            self.drop()
            return Outcome(parcel.number, LOST, _name(trouble))
        if reply.code == 250:
            return Outcome(parcel.number, TAKEN, reply.said)
        if reply.code == 421:
            self.drop()
        return Outcome(parcel.number, reply.fate, reply.said)

    def _ask(self, opening: list[bytes], *, sent: bool) -> list[Reply]:
        """The answers to the opening commands; one by one if the server wants it so."""
        if self.link is None:
            raise smtplib.SMTPServerDisconnected("gone")
        if self.together:
            if not sent:
                self._send(b"".join(opening))
            return [self._read() for _ in opening]
        answers = []
        for command in opening:
            self._send(command)
            answers.append(self._read())
            if answers[-1].code >= 400:
                break
        return answers

    def _judge(self, parcel: Parcel, answers: list[Reply]) -> Outcome | None:
        """None if the body may follow; else why not."""
        sender, *more = answers
        if sender.code // 100 != 2:  # it is not about this letter: the server wants none of ours
            raise smtplib.SMTPSenderRefused(sender.code, b"", "")
        if [reply.code // 100 for reply in more] == [2, 3]:
            return None
        refusal = next((reply for reply in more if reply.code >= 400), more[-1])
        if refusal.code == 421:
            raise smtplib.SMTPServerDisconnected("421")
        if more[-1].code == 354:  # it waits for a body although it refused the address
            self._send(b".\r\n")
            self._read()
        self._send(b"RSET\r\n")
        self._read()
        return Outcome(parcel.number, refusal.fate, refusal.said)

    def _connect(self) -> smtplib.SMTP:
        at_once = settings.MAIL_TLS and settings.MAIL_PORT == IMPLICIT_TLS
        kind = (
            partial(smtplib.SMTP_SSL, context=ssl.create_default_context())
            if at_once
            else smtplib.SMTP
        )
        link = kind(
            settings.MAIL_HOST, settings.MAIL_PORT, local_hostname=messages.own_domain(),
            timeout=CONNECT_WITHIN,
        )  # fmt: skip
        try:
            self._greet(link, at_once=at_once)
        except BaseException:
            link.close()
            raise
        return link

    def _greet(self, link: smtplib.SMTP, *, at_once: bool) -> None:
        """Say who we are; the password never travels in the open where TLS was asked for."""
        link.ehlo_or_helo_if_needed()
        if settings.MAIL_TLS and not at_once:
            link.starttls(context=ssl.create_default_context())
            link.ehlo()
        if settings.MAIL_USER:
            link.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
        link.sock.settimeout(self.answer_within)
        link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _send(self, data: bytes) -> None:
        if self.link is None or self.link.sock is None:
            raise smtplib.SMTPServerDisconnected("gone")
        self.link.sock.sendall(data)

    def _read(self) -> Reply:
        if self.link is None:
            raise smtplib.SMTPServerDisconnected("gone")
        return Reply(*self.link.getreply())


class Shelf:
    """Where no mail server is named: letters count as accepted and are shown at /dev/mail/."""

    def open(self) -> None:
        """There is nothing to open."""

    def close(self) -> None:
        """Nor to close."""

    def hand_over(self, parcels: Iterable[Parcel]) -> Iterator[Outcome]:
        """Each is taken; none has left this machine."""
        for parcel in parcels:
            yield Outcome(parcel.number, TAKEN, "shown")


def _name(trouble: Exception) -> str:
    """What happened, in a word or a code: a server's words may quote somebody's address."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{type(trouble).__name__} {trouble.smtp_code}"
    return type(trouble).__name__
