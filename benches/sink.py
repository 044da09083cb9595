"""A mail server that takes everything and keeps nothing but the number: run as its own process.

It speaks just enough SMTP, with PIPELINING, on a raw asyncio protocol, so that what is measured is
who sends. It prints its port; at the end of its input it prints how many letters it took.
"""

import asyncio
import sys

GREETING = b"220 sink ESMTP\r\n"
HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
ANSWERS = {
    b"EHLO": HELLO, b"HELO": b"250 sink\r\n", b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n", b"DATA": b"354 Go on\r\n", b"RSET": b"250 Ok\r\n",
    b"NOOP": b"250 Ok\r\n", b"QUIT": b"221 Bye\r\n",
}  # fmt: skip
END = b"\r\n.\r\n"
taken = 0


class Sink(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.waiting = b""
        self.in_body = False
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        global taken  # noqa: PLW0603
        self.waiting += data
        answers = []
        while True:
            end = END if self.in_body else b"\r\n"
            line, found, rest = self.waiting.partition(end)
            if not found:
                break
            self.waiting = rest
            if self.in_body:
                taken += 1
                self.in_body = False
                answers.append(b"250 2.0.0 Ok\r\n")
                continue
            word = line[:4].upper()
            self.in_body = word == b"DATA"
            answers.append(ANSWERS.get(word, b"502 No\r\n"))
        if answers:
            self.transport.write(b"".join(answers))


async def main() -> None:
    """Serve until whoever started us closes our input."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(taken, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
