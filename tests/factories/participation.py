"""Voices, gatherings and those who listen, for tests, without surprises."""

from datetime import timedelta

from saidanddone.core import clock
from saidanddone.participation import verbs
from saidanddone.participation.models import Duty
from tests.factories.people import acting, make_post
from tests.factories.reference import make_partnership


def make_place(**over):
    """The settings of a partnership, with a list of words that may tell of harm."""
    words = "hurt\nhit me\nkill\nscared to go home"
    return make_partnership(**{"triage_words": words} | over)


def make_voice(*, by=None, **over):
    """A young person's words, typed on "Tell us" unless somebody wrote them down."""
    given = {"words": "The bus is always late.", "speaker": "young_person"} | over
    return verbs.record_voice(by=by, **given)


def make_read_voice(*, by=None, reader=None, **over):
    """The same, read by a person, so that it may be grouped."""
    voice = make_voice(by=by, **over)
    reader = reader or acting("participation_worker")
    verbs.read_voice(voice=voice, public_words=voice.words, by=reader)
    return voice


def make_public_voice(**over):
    """The same, chosen for everyone, and published."""
    reader = acting("participation_worker")
    given = {"readers": "everyone", "may_publish": True, "may_quote": True} | over
    voice = make_read_voice(reader=reader, **given)
    verbs.publish_voice(voice=voice, by=reader)
    return voice


def make_gathering(*, by, **over):
    """A session with a group."""
    return verbs.start_gathering(by=by, **{"name": "Skate park", "place": "The park"} | over)


def make_duty(rank=1, *, post=None, first=None, last=None):
    """Somebody on the rota today."""
    post = post or make_post("safeguarding_lead")
    return Duty.objects.create(
        post=post, rank=rank,
        starts_on=first or clock.today() - timedelta(days=1),
        ends_on=last or clock.today() + timedelta(days=30),
    )  # fmt: skip
