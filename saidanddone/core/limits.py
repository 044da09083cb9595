"""How often something may be tried: counted by all processes together; no address is kept."""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "core.limits"


@dataclass(frozen=True)
class Limit:
    """So many of something in so many seconds."""

    what: str
    most: int
    seconds: int

    def count(self, who: str) -> bool:
        """Count one more by them in this stretch of time; True while they are within the limit."""
        key = self.key(who)
        tries = (cache.get(key) or 0) + 1
        cache.set(key, tries, timeout=2 * self.seconds)
        return tries <= self.most

    def key(self, who: str) -> str:
        """Where it is counted: a digest of who, and the stretch of time."""
        stretch = int(time.time() // self.seconds)
        digest = salted_hmac(SALT, who, algorithm="sha256").hexdigest()[:32]
        return f"limit:{self.what}:{digest}:{stretch}"


def count(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more of `what` by `who`; True while they are within the limit."""
    return Limit(what, most, seconds).count(who)


def spent(*asked: tuple[Limit, str]) -> bool:
    """Whether any of these is used up in its stretch of time; asks once, and counts nothing."""
    keys = {limit.key(who): limit for limit, who in asked}
    return any(tries >= keys[key].most for key, tries in cache.get_many(keys).items())


def address(request: HttpRequest) -> str:
    """Where a request comes from: the nearest address that a client cannot make up.

    Behind proxies it is the one that the first of ours wrote down; a whole IPv6 network is one.
    """
    given = request.META.get("REMOTE_ADDR", "")
    ours = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < ours <= len(passed):
        given = passed[-ours]
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
