"""Ten thousand readers: the letters of an edition are written in seconds, drawn once for each choice."""

import time

import pytest

from saidanddone.bulletin import jobs, verbs
from saidanddone.bulletin.models import Subscription
from saidanddone.core import clock
from saidanddone.mail.models import Letter, Wording
from tests.bulletin.test_editions import scheduled
from tests.factories.bulletin import make_entry
from tests.factories.reference import make_topic

READERS = 10_000
SECONDS = 60  # on a machine that does ten other things; alone it takes about five


@pytest.mark.django_db
def test_ten_thousand_readers():
    topics = [make_topic() for _ in range(4)]
    edition = scheduled()
    make_entry(edition)
    for topic in topics:
        make_entry(edition, topics=[topic])
    readers = Subscription.objects.bulk_create(
        Subscription(address=f"r{number}@many.example", kind="corporate", source="test",
                     state="live", confirmed_at=clock.now())
        for number in range(READERS)
    )  # fmt: skip
    through = Subscription.topics.through
    through.objects.bulk_create(
        through(subscription=reader, topic=topics[number % 4])
        for number, reader in enumerate(readers)
        if number % 5
    )
    began = time.process_time()
    assert verbs.send_edition(edition=edition, by=jobs.BULLETIN) == READERS
    took = time.process_time() - began
    assert Letter.objects.values("address").distinct().count() == READERS
    assert Wording.objects.count() == 5, "one for each choice, and one for those who chose none"
    assert took < SECONDS
