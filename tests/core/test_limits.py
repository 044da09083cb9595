"""Limits: counted together, without keeping an address, and not to be fooled by made-up headers."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from saidanddone.core import limits
from saidanddone.core.limits import Limit

pytestmark = pytest.mark.django_db
THREE = Limit("test", most=3, seconds=1_000_000)


@pytest.fixture(autouse=True)
def nothing_counted():
    """Every test counts from nothing."""
    cache.clear()


def test_within_and_beyond():
    assert [THREE.count("a") for _ in range(5)] == [True, True, True, False, False]
    assert THREE.count("b")


def test_spent_asks_without_counting():
    assert not limits.spent((THREE, "a"))
    for _ in range(3):
        THREE.count("a")
    assert limits.spent((THREE, "b"), (THREE, "a"))
    assert not limits.spent((THREE, "b"))


def test_no_address_is_kept():
    assert "192.0.2.1" not in THREE.key("192.0.2.1")


def asked(remote, forwarded=""):
    """A request from there."""
    return RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "192.0.2.1", "", "unknown"),
        (1, "10.0.0.1", "nonsense", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "", "", "unknown"),
    ],
)
def test_the_address_is_one_that_nobody_makes_up(settings, proxies, remote, forwarded, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert limits.address(asked(remote, forwarded)) == found
