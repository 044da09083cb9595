"""A mail server for tests that does as it is told: refuses, delays, breaks off, and remembers."""

import contextlib
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

OK = b"250 2.0.0 Ok"
HANG, DROP = "hang", "drop"  # what it may do instead of answering
Answer = bytes | str


class MailServer:
    """Listens on this machine. `answers` says what it does at a command or a body.

    Keys: "EHLO", "MAIL", "RCPT", "DATA", "BODY", or ("RCPT", address), ("BODY", address); also
    "GREET". A value is an answer, HANG or DROP, or a list of them for one time after another.
    """

    def __init__(self, *, pipelining: bool = True, extensions: tuple[bytes, ...] = ()) -> None:
        self.answers: dict = {}
        self.extensions = [b"8BITMIME", *([b"PIPELINING"] if pipelining else []), *extensions]
        self.bodies: list[tuple[str, bytes]] = []  # whatever came whole, taken or not
        self.taken: list[tuple[str, bytes]] = []
        self.commands: list[bytes] = []
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.links: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def letters(self) -> list[EmailMessage]:
        """What was taken, as a mail program reads it."""
        return [message_from_bytes(body, policy=policy.default) for _, body in self.taken]

    def addresses(self) -> list[str]:
        """To whom something was taken."""
        return [address for address, _ in self.taken]

    def stop(self) -> None:
        """Nobody answers here any more."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)  # or the thread would wait there for ever
        self.listener.close()
        for link in self.links:
            link.close()

    def _listen(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self.links.append(link)
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        try:
            Conversation(self, link).hold()
        except (OSError, ValueError):
            pass
        finally:
            link.close()

    def answer(self, what: str, address: str, usual: bytes) -> Answer:
        """What it says now."""
        for key in ((what, address), what):
            found = self.answers.get(key)
            if isinstance(found, list):
                found = found.pop(0) if found else None
            if found is not None:
                return found
        return usual


class Conversation:
    """One connection."""

    def __init__(self, server: MailServer, link: socket.socket) -> None:
        self.server, self.link = server, link
        self.lines = link.makefile("rb")
        self.address = ""
        self.open = self.accepted = False

    def hold(self) -> None:
        """Answer until one of both has enough."""
        self.say("GREET", b"220 test")
        while line := self.lines.readline():
            self.server.commands.append(line.strip())
            word = line[:4].upper().decode()
            deed = getattr(self, f"on_{word.lower()}", None)
            if word == "QUIT":
                self.link.sendall(b"221 Bye\r\n")
                return
            if deed:
                deed(line)
            else:
                self.link.sendall(b"502 No\r\n")

    def say(self, what: str, usual: bytes) -> bytes:
        """Answer, hang, or break off."""
        answer = self.server.answer(what, self.address, usual)
        if answer == HANG:
            threading.Event().wait(30)
        if answer in (HANG, DROP):
            raise ConnectionAbortedError
        self.link.sendall(answer + b"\r\n")
        return answer

    def on_ehlo(self, line: bytes) -> None:
        lines = [b"test", *self.server.extensions]
        last = len(lines) - 1
        self.say(
            "EHLO",
            b"\r\n".join(
                b"250" + b"- "[n == last : (n == last) + 1] + x for n, x in enumerate(lines)
            ),
        )

    def on_mail(self, line: bytes) -> None:
        if self.open:
            self.link.sendall(b"503 Nested MAIL\r\n")
            return
        self.open = self.say("MAIL", OK).startswith(b"2")
        self.accepted = False

    def on_rcpt(self, line: bytes) -> None:
        self.address = line.partition(b"<")[2].partition(b">")[0].decode()
        self.accepted = self.say("RCPT", OK).startswith(b"2")

    def on_rset(self, line: bytes) -> None:
        self.open = self.accepted = False
        self.say("RSET", OK)

    def on_data(self, line: bytes) -> None:
        usual = b"354 Go on" if self.accepted else b"554 No valid recipients"
        if not self.say("DATA", usual).startswith(b"354"):
            return
        body = b""
        while not body.endswith(b"\r\n.\r\n") and body != b".\r\n":
            more = self.lines.readline()
            if not more:
                raise ConnectionAbortedError
            body += more
        body = body.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.open = False
        if not self.accepted:
            self.link.sendall(b"554 No valid recipients\r\n")
            return
        self.server.bodies.append((self.address, body))
        if self.say("BODY", OK).startswith(b"2"):
            self.server.taken.append((self.address, body))
