"""How often something may be tried: counted by all processes together; no address is kept."""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "core.limits"


def count(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more try of `what` by `who` in this stretch of time; True while within `most`."""
    key = _key(what, who, seconds)
    cache.add(key, 0, timeout=2 * seconds)
    tries = (cache.get(key) or 0) + 1
    cache.set(key, tries, timeout=2 * seconds)
    return tries <= most


def spent(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Whether all tries of this stretch of time are used up, without counting one."""
    return (cache.get(_key(what, who, seconds)) or 0) >= most


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


def _key(what: str, who: str, seconds: int) -> str:
    stretch = int(time.time() // seconds)
    return f"limit:{what}:{salted_hmac(SALT, who, algorithm='sha256').hexdigest()[:32]}:{stretch}"
