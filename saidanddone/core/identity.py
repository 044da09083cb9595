"""Who acts, told to the database for one transaction and signed, so that row security believes it.

The second lock on family data (docs/access.md). PostgreSQL's policies ask `identity_person()` and
its sisters, which believe only what this file signed: for this connection, for this transaction,
for a minute. Without it no row of a family is there. Whoever can run SQL but does not hold the key
can neither forge it nor take another's.
"""

import contextlib
import hashlib
import hmac
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from saidanddone.core import clock

SECONDS = 60  # how long one telling is believed
BLOCK = 64  # bytes of a block of SHA-256, from which HMAC makes its two pads (RFC 2104)
SYSTEM = 0  # the person of a deed by the clock


@contextlib.contextmanager
def acting(person: int, post: int | None = None, *, purpose: str) -> Iterator[None]:
    """Inside, one transaction in which the database knows who acts, for which post and why.

    `purpose` is a code such as "read" or "system-lapse"; a person of SYSTEM is a deed by the clock.
    Answers that are written out later, as streams are, see nothing: read first.
    """
    with transaction.atomic():
        before = _tell(_signed(person, post, purpose))
        yield
        _tell(before)  # inside another transaction the rest of it is the other's again


def as_system(why: str) -> contextlib.AbstractContextManager[None]:
    """Inside, the product itself acts: a clock's job, or the second half of a deed already allowed.

    It reads and writes every family's rows, so it stands in verbs and jobs only (tests/house), after
    whoever asked was found to be allowed; never round a page.
    """
    return acting(SYSTEM, purpose=f"system-{why}")


def _tell(said: str) -> str:
    """Set what is said for this transaction; what was said before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH was AS MATERIALIZED (SELECT current_setting('said.actor', true) AS said) "
            "SELECT coalesce(was.said, ''), set_config('said.actor', %s, true) FROM was",
            [said],
        )
        return cursor.fetchone()[0]


def _signed(person: int, post: int | None, purpose: str) -> str:
    """person:post:purpose:moment:until:backend:signature; the moment, in microseconds, is our clock's."""
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    moment, until = int(clock.now().timestamp() * 1_000_000), int(time.time()) + SECONDS
    words = f"{person}:{post or ''}:{purpose}:{moment}:{until}:{backend}"
    key = settings.IDENTITY_KEY.encode()
    return f"{words}:{hmac.new(key, words.encode(), hashlib.sha256).hexdigest()}"


def set_key() -> None:
    """Let the database's functions check what we sign. On the owner's connection, when migrating."""
    key = settings.IDENTITY_KEY.encode()
    if len(key) > BLOCK:
        key = hashlib.sha256(key).digest()
    key = key.ljust(BLOCK, b"\0")
    inner, outer = (bytes(part ^ pad for part in key) for pad in (0x36, 0x5C))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO identity_key (inner_pad, outer_pad) VALUES (%s, %s) "
            "ON CONFLICT (one) DO UPDATE SET inner_pad = excluded.inner_pad, "
            "outer_pad = excluded.outer_pad",
            [inner, outer],
        )
