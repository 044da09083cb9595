"""The product's settings with the limits' addresses beside its own."""

from saidanddone.settings import *  # noqa: F403

ROOT_URLCONF = "benches.limit"
