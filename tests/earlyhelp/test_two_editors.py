"""Two people, each at two windows, write, sign and choose in any order: no text is ever lost."""

import itertools
import uuid
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Contribution, RivalText
from tests.factories.earlyhelp import as_, make_family

pytestmark = pytest.mark.django_db
PARTS = ("strengths", "worries", "needs")
DEEDS = st.sampled_from(["save", "save", "save", "again", "look", "sign", "take", "both", "aside"])
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 1), DEEDS, st.sampled_from(PARTS)),
    min_size=4,
    max_size=16,
)
NUMBERS = itertools.count()  # each run writes in a section of its own, each text is like no other


@dataclass
class Window:
    """A window as the page's script knows it: the version that it saw, and where it writes beside."""

    seen: int = 0
    beside: uuid.UUID | None = None
    once: uuid.UUID = field(default_factory=uuid.uuid4)
    shows: dict = field(default_factory=lambda: dict.fromkeys(PARTS, ""))
    holds: set = field(default_factory=set)  # the texts of its own that it goes on changing


@dataclass
class Writer:
    """Somebody at two windows, and every text that they were told is kept and nobody has changed."""

    person: object
    windows: list = field(default_factory=lambda: [Window(), Window()])
    live: set = field(default_factory=set)


@pytest.fixture
def family():
    return make_family()


@settings(
    max_examples=15, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=STEPS)
def test_every_text_that_was_said_to_be_kept_is_kept(family, steps):
    section = f"section-{next(NUMBERS)}"
    writers = [Writer(family.lead), Writer(family.member)]
    for who, which, deed, part in steps:
        writer = writers[who]
        with as_(writer.person):
            do(deed, family.story, section, writer, writer.windows[which], part)
            kept = texts_of(writer, family.story, section)
        assert [text for text in writer.live if text not in kept] == []
    for writer in writers:  # and whatever the other did, each still has their own
        with as_(writer.person):
            kept = texts_of(writer, family.story, section)
        assert [text for text in writer.live if text not in kept] == []


def test_a_window_that_saw_only_what_is_signed_overwrites_nothing_written_since(family):
    """It was at version 1, and so is now another text: the two are not the same."""
    writer = Writer(family.member)
    first, second = writer.windows
    with as_(family.member):
        for window, deed in ((first, "save"), (first, "sign"), (second, "save"), (first, "save")):
            do(deed, family.story, "signed", writer, window, "worries")
        kept = texts_of(writer, family.story, "signed")
    assert len(writer.live) == 3
    assert [text for text in writer.live if text not in kept] == []


def do(deed, story, section, writer, window, part):
    """One thing that somebody does at one of their windows."""
    draft = draft_of(writer, story, section)
    if deed in {"save", "again"}:
        if deed == "save":
            window.shows[part] = f"text {next(NUMBERS)}."
            window.once = uuid.uuid4()
        save(story, section, writer, window)
    elif draft is None:
        return
    elif deed == "look":
        look(window, draft, writer)
    elif deed == "sign":
        sign(draft, writer, window)
    else:
        choose(deed, draft, writer, window)


def save(story, section, writer, window):
    """The words on the screen are sent; what this window had written before, it changes knowingly."""
    draft, beside = verbs.write_section(
        story=story, section=section, seen=window.seen, beside=window.beside, once=window.once,
        by=writer.person, **window.shows,
    )  # fmt: skip
    shown = {text for text in window.shows.values() if text}
    went_on = beside is not None and beside.window == window.beside
    fresh = beside is None or went_on
    if fresh:
        writer.live -= window.holds
    window.holds = {one for text in shown for one in text.split("\n\n")}
    writer.live |= window.holds
    window.seen = draft.version
    if beside is not None:
        window.beside = beside.window


def look(window, draft, writer):
    """The page is opened anew: it shows what stands, and whoever changes that knows it."""
    window.seen, window.beside = draft.version, None
    window.shows = {name: getattr(draft, name) for name in PARTS}
    window.holds = {one for text in window.shows.values() for one in text.split("\n\n") if one}


def sign(draft, writer, window):
    """What is signed stands for good; who had not read this version does not sign it."""
    try:
        verbs.sign_contribution(contribution=draft, seen=window.seen, by=writer.person)
    except (verbs.NothingToSign, Moved):
        return
    for one in writer.windows:  # from here on, new words are added to it
        one.holds = set()


def choose(choice, draft, writer, window):
    """One of two texts is chosen, or both: nothing that is not chosen is gone."""
    rivals = RivalText.objects.filter(contribution=draft, chosen_at__isnull=True)
    rival = rivals.select_related("contribution__story").order_by("kept_at").first()
    if rival is None:
        return
    try:
        verbs.settle_rival(rival=rival, choice=choice, seen=window.seen, by=writer.person)
    except verbs.Overtaken:
        return
    for one in writer.windows:  # the page is opened anew after it
        draft.refresh_from_db()
        look(one, draft, writer)


def draft_of(writer, story, section):
    """The section that they are writing now."""
    mine = Contribution.objects.select_related("story").filter(story=story, section=section)
    return mine.filter(post=writer.person.acting_for, state="writing").first()


def texts_of(writer, story, section):
    """Everything of theirs in this section, signed, drafted, beside or put aside."""
    mine = {"story": story, "post": writer.person.acting_for}
    written = Contribution.objects.filter(section=section, **mine).values_list(*PARTS)
    beside = RivalText.objects.filter(contribution__section=section, **mine).values_list(*PARTS)
    return "\n".join(text for row in [*written, *beside] for text in row)
