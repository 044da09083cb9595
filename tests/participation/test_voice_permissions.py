"""Who reads whose words: every audience, every role, every state; and which verbs are theirs."""

import itertools

import pytest

from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.models import Hold, Voice
from saidanddone.participation.models.voices import Readers
from saidanddone.people.models import Post
from saidanddone.people.roles import HELD as ROLES
from tests.factories.participation import make_place, make_read_voice
from tests.factories.people import act, acting, make_post, unsaved

ALL = [role.code for role in ROLES]
READS = {"practitioner", "supervisor", "coordinator", "clerk", "participation_worker", "officer",
         "safeguarding_lead", "duty_desk", "councillor", "bulletin_editor"}  # fmt: skip
RECORDS = {"practitioner", "participation_worker", "officer", "clerk"}

# Who reads the words of another worker's voice, by audience and state: by equality.
MAY_READ = {
    ("my_worker", states.WAITING): set(),
    ("my_worker", states.READ): set(),
    ("helpers", states.WAITING): {"participation_worker"},
    ("helpers", states.READ): {"participation_worker"},
    ("everyone", states.WAITING): {"participation_worker"},
    ("everyone", states.READ): READS,
}
GONE = (states.HELD, states.HANDED_ON, states.TAKEN_BACK)


def in_state(voice, state):
    """The same voice in another state, past every verb."""
    more = {"taken_back_at": voice.recorded_at} if state == states.TAKEN_BACK else {}
    Voice.objects.filter(pk=voice.pk).update(state=state, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("readers", Readers.values)
def test_the_audience_lattice(readers):
    recorder = acting("practitioner")
    voice = verbs.record_voice(by=recorder, words="x", speaker="child", readers=readers)
    people = {role: acting(role) for role in ALL}
    weak = {role: act(person.acting_for, strong=False) for role, person in people.items()}
    for state in (states.WAITING, states.READ, *GONE):
        in_state(voice, state)
        seen = {role for role, who in people.items() if voice in permissions.visible_voices(who)}
        assert seen == MAY_READ.get((readers, state), set()), (readers, state)
        for role, who in weak.items():
            assert voice not in permissions.visible_voices(who), (role, state)
        own = voice in permissions.visible_voices(recorder)
        assert own == (state == states.READ or (readers, state) == ("my_worker", states.WAITING))
        receipt = voice in permissions.recorded_voices(recorder)
        assert receipt == (state != states.TAKEN_BACK)
    assert not permissions.visible_voices(None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("readers", Readers.values)
def test_a_named_worker_reads_and_a_former_one_does_not(readers):
    post = make_post("practitioner")
    voice = verbs.record_voice(
        by=None, words="x", speaker="child", readers=readers, worker=post
    )  # fmt: skip
    in_state(voice, states.READ)
    assert voice in permissions.visible_voices(act(post))
    elsewhere = act(make_post("practitioner", user=post.user))
    assert (voice in permissions.visible_voices(elsewhere)) == (readers == "everyone")


@pytest.mark.django_db
def test_whoever_answers_reads_what_helpers_may_read_while_it_is_theirs():
    first, second = make_post("officer"), make_post("officer")
    worker = acting("participation_worker")
    voice, other = make_read_voice(reader=worker), make_read_voice(reader=worker)
    issue = verbs.raise_issue(title="t", wording="w", voices=[voice], by=worker)
    verbs.route_issue(issue=issue, to="officer", owner=first, by=worker)
    assert set(permissions.visible_voices(act(first))) == {voice}
    verbs.route_issue(issue=issue, to="officer", owner=second, by=worker)
    assert set(permissions.visible_voices(act(first))) == set()
    assert set(permissions.visible_voices(act(second))) == {voice}
    assert other not in permissions.visible_voices(act(second))


def voice_of(*, readers, state, recorded_for=None, worker=None, may_publish=True, published=None):
    """A voice that is not stored."""
    return Voice(
        pk=7, words="w", public_words="c", readers=readers, state=state, may_publish=may_publish,
        recorded_for_id=recorded_for, worker_id=worker, published_at=published,
    )  # fmt: skip


STATES = (states.WAITING, states.READ, states.HELD, states.HANDED_ON, states.TAKEN_BACK)
OPEN_TO_RECORDER = {
    states.WAITING: {"renew_code", "take_back_voice", "correct_voice", "hold_voice"},
    states.READ: {"renew_code", "take_back_voice", "correct_voice", "hold_voice"},
    states.HELD: {"renew_code", "take_back_voice"},
    states.HANDED_ON: {"renew_code", "take_back_voice"},
    states.TAKEN_BACK: set(),
}
OPEN_TO_READER = {
    states.WAITING: {"read_voice", "hold_voice", "take_back_voice"},
    states.READ: {"read_voice", "publish_voice", "hold_voice", "take_back_voice"},
    states.HELD: {"take_back_voice"},
    states.HANDED_ON: {"take_back_voice"},
    states.TAKEN_BACK: set(),
}
OPEN_TO_HOLDER = {
    states.WAITING: {"add_words", "take_back_voice"},
    states.READ: {"add_words", "take_back_voice"},
    states.HELD: {"add_words", "take_back_voice"},
    states.HANDED_ON: {"add_words", "take_back_voice"},
    states.TAKEN_BACK: set(),
}


@pytest.mark.parametrize(("role", "state"), [*itertools.product(ALL, STATES)])
def test_verbs_on_anothers_voice(role, state):
    voice = voice_of(readers="everyone", state=state, recorded_for=99)
    expected = OPEN_TO_READER[state] if role == "participation_worker" else set()
    assert permissions.voice_verbs(unsaved(role), voice) == expected
    assert permissions.voice_verbs(unsaved(role, strong=False), voice) == set()
    private = voice_of(readers="my_worker", state=state, recorded_for=99)
    assert permissions.voice_verbs(unsaved(role), private) == set()


@pytest.mark.parametrize(("role", "state"), [*itertools.product(ALL, STATES)])
def test_verbs_on_ones_own_voice(role, state):
    voice = voice_of(readers="my_worker", state=state, recorded_for=1)
    own_reading = {"read_voice"} & voice.open_verbs()
    expected = OPEN_TO_RECORDER[state] | own_reading if role in RECORDS else set()
    assert permissions.voice_verbs(unsaved(role), voice) == expected


@pytest.mark.parametrize("state", STATES)
def test_verbs_of_a_codes_holder_and_of_the_clock(state):
    voice = voice_of(readers="helpers", state=state)
    assert permissions.voice_verbs(None, voice) == OPEN_TO_HOLDER[state]
    clock_may = {"hold_voice"} if state in {states.WAITING, states.READ} else set()
    clock_may |= {"pass_held_voice_on"} if state == states.HELD else set()
    assert permissions.voice_verbs("system:triage", voice) == clock_may


@pytest.mark.parametrize("role", ALL)
def test_who_begins_what(role):
    listens = {"record_voice", "start_gathering"} if role in RECORDS else set()
    keeps = {"set_duty"} if role in {"safeguarding_lead", "participation_worker"} else set()
    assert permissions.listening_verbs(unsaved(role)) == listens | keeps
    assert permissions.listening_verbs(unsaved(role, strong=False)) == set()


@pytest.mark.parametrize(("role", "opened", "ended"), [*itertools.product(ALL, (0, 1), (0, 1))])
def test_verbs_on_held_words(role, opened, ended):
    voice = voice_of(readers="everyone", state=states.HELD)
    hold = Hold(voice=voice, opened_at=opened or None, ended_at=ended or None)
    looks = {"open_held_voice", "release_voice", "hand_voice_on"} if opened else {"open_held_voice"}
    expected = looks if role == "safeguarding_lead" and not ended else set()
    assert permissions.hold_verbs(unsaved(role), hold) == expected
    assert permissions.hold_verbs(unsaved(role, strong=False), hold) == set()


@pytest.mark.parametrize("role", ALL)
def test_who_reads_words_whole(role):
    voice = voice_of(readers="everyone", state=states.READ, recorded_for=99)
    whole = "w" if role == "participation_worker" else "c"
    assert permissions.words_for(unsaved(role), voice) == whole
    own = voice_of(readers="my_worker", state=states.READ, recorded_for=1)
    assert permissions.words_for(unsaved(role), own) == ("w" if role in RECORDS else "c")


@pytest.mark.django_db
def test_held_words_leave_no_trace_in_any_list_or_count():
    make_place()
    people = [acting(role) for role in ALL]
    before = [permissions.visible_voices(who).count() for who in people]
    verbs.record_voice(
        by=None, words="He hurt me", speaker="child", readers="everyone", may_publish=True
    )
    assert [permissions.visible_voices(who).count() for who in people] == before
    assert not permissions.public_voices().exists()
    assert Post.objects.count() == len(ALL)
