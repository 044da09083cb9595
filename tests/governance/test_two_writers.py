"""However two clerks' saves of one item fall between each other, no words are ever lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidanddone.core import clock
from saidanddone.governance import states, verbs
from saidanddone.governance.models import AgendaItem, MinuteText
from tests.factories.governance import make_item, make_meeting
from tests.factories.people import acting

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),  # who
        st.sampled_from(["type", "save", "lost", "again", "look", "take", "both", "aside"]),
    ),
    max_size=30,
)


class Writer:
    """A clerk at a page: what they see, what they typed, and what the server has told them."""

    def __init__(self, name):
        self.name, self.person = name, acting("clerk")
        self.words, self.seen, self.beside, self.typed, self.sent = "", 0, None, 0, None

    def type(self):
        """Add a word that nobody else ever writes."""
        self.typed += 1
        self.words += f" {self.name}{self.typed}"

    def save(self, item, *, answered):
        """Send the words, or the same save once more; an answer may be lost on the line."""
        sent = self.sent or (self.words, self.seen, self.beside)
        words, seen, beside = self.sent = sent
        item = AgendaItem.objects.select_related("meeting", "body").get(pk=item.pk)
        kept = verbs.minute_item(item=item, minute=words, seen=seen, beside=beside, by=self.person)
        if not answered:
            return set()
        self.sent = None
        self.seen = AgendaItem.objects.get(pk=item.pk).minute_version
        self.beside = kept.pk if kept else self.beside
        return set(words.split())

    def look(self, item):
        """Open the page anew: once everything typed has been saved."""
        if self.sent is None:
            now = AgendaItem.objects.get(pk=item.pk)
            self.words, self.seen, self.beside = now.minute, now.minute_version, None

    def settle(self, item, choice):
        """Say what becomes of the oldest text that waits, of the version that they see."""
        text = MinuteText.objects.filter(item=item, settled_at__isnull=True).first()
        if text is None:
            return
        text = MinuteText.objects.select_related("item__meeting", "item__body").get(pk=text.pk)
        try:
            verbs.settle_text(text=text, choice=choice, seen=self.seen, by=self.person)
        except verbs.Overtaken:
            return
        if self.sent is None:
            self.look(item)


def everywhere(item):
    """Every word that the server holds for this item, settled or not."""
    now = AgendaItem.objects.get(pk=item.pk)
    texts = MinuteText.objects.filter(item=item).values_list("text", flat=True)
    return set(" ".join([now.minute, *texts]).split())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_words_are_ever_lost(db, steps):
    meeting = make_meeting(states.PUBLISHED, on=clock.today())
    item = make_item(meeting=meeting)
    writers = [Writer("a"), Writer("b")]
    told = set()
    for who, step in steps:
        writer = writers[who]
        if step == "type":
            writer.type()
        elif step in {"save", "again"}:
            told |= writer.save(item, answered=True)
        elif step == "lost":
            writer.save(item, answered=False)
        elif step == "look":
            saved = set(writer.words.split()) <= told
            if saved:
                writer.look(item)
        else:
            writer.settle(item, step)
        assert told <= everywhere(item)
