"""What happens to words: recorded, read, published, corrected, added to, taken back."""

import uuid
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.core.files import File
from django.db import IntegrityError, transaction

from saidanddone.audit.verbs import record, reference
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance.models import Body
from saidanddone.mail import verbs as mail
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import voices as emails
from saidanddone.participation.models import Answer, Gathering, Hold, ThreadCode, Voice
from saidanddone.participation.models.codes import code_from, digest, mark_from, new_code
from saidanddone.participation.models.voices import Readers, ShownAs
from saidanddone.participation.verbs.captions import caption, public_area
from saidanddone.participation.verbs.told import By, Hindered
from saidanddone.participation.verbs.triage import TRIAGE, hold_voice, tells_of_harm
from saidanddone.people.models import Post, User
from saidanddone.reference.models import AgeBand, Area, Topic

SHOWN_AGAIN = timedelta(minutes=30)  # how long a form that is sent again still shows its code
CHECKED = ("words", "translation", "picture_words", "place", "speaker_name", "hear_through")
SHARED = (
    "on", "precision", "body", "place", "age_band", "area", "topic", "readers", "shown_as",
    "may_quote", "may_publish", "source_may_be_named",
)  # fmt: skip


class Said(TypedDict, total=False):
    """What may be told of words when they are recorded: the fields of a voice by these names."""

    words: str
    speaker: str
    speaker_name: str
    method: str
    language: str
    translation: str
    picture: File | None
    picture_words: str
    on: date | None
    precision: str
    body: Body | None
    place: str
    age_band: AgeBand | None
    area: Area | None
    topic: Topic | None
    readers: str
    shown_as: str
    may_quote: bool
    may_publish: bool
    source_may_be_named: bool
    hear_by_email: str
    hear_through: str
    worker: Post | None
    source: str


@transaction.atomic
def record_voice(
    *,
    by: By,
    gathering: Gathering | None = None,
    may_tell_of_harm: bool = False,
    once: uuid.UUID | None = None,
    **said: Unpack[Said],
) -> Voice:
    """Keep what was said, word for word. A worker, or with by=None the speaker on "Tell us".

    The voice comes back with its code, which is kept as a digest only and shown this once. Words
    that may tell of harm are held in the same moment. Of a gathering, what was set once counts.
    """
    if not (by is None or isinstance(by, str)):
        require("record_voice", permissions.listening_verbs(by))
    if once and (same := _sent_before(once)):
        return same
    if gathering:
        said |= {name: getattr(gathering, name) for name in SHARED}
    try:
        with transaction.atomic():
            voice = Voice.objects.create(**_as_chosen(said), **_by_whom(by, gathering, once))
    except IntegrityError:
        if once and (same := _sent_before(once)):  # the other of two presses was first
            return same
        raise
    voice.code = _keep_code(voice, code_from(once.bytes) if once else new_code(), by)
    record("record_voice", voice, by=by, detail=voice.words)
    _look_for_harm(voice, by, may_tell_of_harm=may_tell_of_harm)
    if voice.state == states.WAITING and voice.readers == Readers.MY_WORKER:
        emails.worker_named(voice)
    return voice


@transaction.atomic
def start_gathering(*, by: User, once: uuid.UUID | None = None, **told) -> Gathering:
    """Begin to write down what a group said; its place, ages, audience are set once. A worker."""
    require("start_gathering", permissions.listening_verbs(by))
    if once and (same := Gathering.objects.filter(once=once).first()):
        return same
    told.setdefault("on", clock.today())
    gathering = Gathering.objects.create(
        recorded_by=by, recorded_for_id=by.acting_for.pk, once=once, **_permitted(told)
    )
    record("start_gathering", gathering, by=by)
    return gathering


@transaction.atomic
def read_voice(*, voice: Voice, public_words: str, by: User, topic: Topic | None = None) -> None:
    """Note that a person has read the words, with names and details covered in what others see.

    Participation worker; words for one worker only, by that worker. They may then be grouped.
    """
    require("read_voice", permissions.voice_verbs(by, voice))
    if voice.words and not public_words.strip():
        raise Hindered(
            "Leave at least some of the words. If nothing may be shown, do not publish them."
        )
    voice.move(
        "read_voice",
        read_at=clock.now(),
        read_by=by,
        public_words=public_words.strip(),
        topic=topic or voice.topic,
        published_at=None,  # what stands on the wall is what was read last
        published_by=None,
    )
    record("read_voice", voice, by=by, detail=public_words)
    if voice.readers != Readers.MY_WORKER:
        emails.worker_named(voice)
    if answer := Answer.objects.filter(words=voice).select_related("question__issue").first():
        emails.question_answered(answer.question.issue)


@transaction.atomic
def publish_voice(*, voice: Voice, by: User) -> None:
    """Let everybody read the words, as their speaker chose. Participation worker.

    The caption is fixed now: age and borough; the town only where enough others spoke.
    """
    require("publish_voice", permissions.voice_verbs(by, voice))
    if not voice.public_words:
        raise Hindered("There are no words to show yet. Read them first.")
    area = public_area(voice)
    voice.move(
        "publish_voice",
        published_at=clock.now(),
        published_by=by,
        public_area=area,
        public_caption=caption(voice, area),
    )
    record("publish_voice", voice, by=by, detail=voice.public_words)


@transaction.atomic
def unpublish_voice(*, voice: Voice, by: User) -> None:
    """Take the words off the wall; they stay with those who may read them. Participation worker."""
    require("unpublish_voice", permissions.voice_verbs(by, voice))
    voice.move("unpublish_voice", published_at=None, published_by=None)
    record("unpublish_voice", voice, by=by)


@transaction.atomic
def correct_voice(*, voice: Voice, by: User, words: str) -> Voice:
    """Keep a second voice that says what the first should have said; the first stays as it was.

    Whoever wrote the first one down.
    """
    require("correct_voice", permissions.voice_verbs(by, voice))
    return _follow(voice, words, by, corrects=True, once=None)


@transaction.atomic
def add_words(
    *, voice: Voice, words: str, by: User | None = None, once: uuid.UUID | None = None
) -> Voice:
    """Keep more words on the same thread, for the same readers. Whoever holds its code."""
    require("add_words", permissions.voice_verbs(by, voice))
    return _follow(voice, words, by, corrects=False, once=once)


@transaction.atomic
def renew_code(*, voice: Voice, by: User) -> str:
    """Give a new code for a lost one, which dies. The worker who gave it. It is shown this once."""
    require("renew_code", permissions.voice_verbs(by, voice))
    voice.move("renew_code")
    voice.codes.filter(ended_at=None).update(ended_at=clock.now())
    code = _keep_code(voice, new_code(), by)
    record("renew_code", voice, by=by)
    return code


@transaction.atomic
def take_back_voice(*, voice: Voice, by: User | None = None, note: str = "") -> None:
    """Take words back: gone from wall, search, feeds and lists, with all that was added to them.

    Whoever holds the code, or a worker for them with a note. Where they stood it says "[words taken
    back]". Held words are still looked at by the safeguarding lead, and by nobody else.
    """
    require("take_back_voice", permissions.voice_verbs(by, voice))
    if by is not None and not note.strip():
        raise Hindered("Write who asked for it and how: it is kept with the record.")
    for one in [voice, *voice.followed_by.exclude(state=states.TAKEN_BACK)]:
        _take_back(one)
        record("take_back_voice", one, by=by, detail=note)
        mail.cancel(about=reference(one))


# ------------------------------------------------------------------ recording


def _as_chosen(said: Said) -> Said:
    """Nothing goes beyond what the speaker chose: no name, no publishing, unless they said so."""
    said = dict(said)
    said.setdefault("on", clock.today())
    if said.get("shown_as", ShownAs.NO_NAME) == ShownAs.NO_NAME:
        said["speaker_name"] = ""
    if not said.get("picture"):
        said["picture"] = ""
    return _permitted(said)


def _permitted(said: Said) -> Said:
    everyone = said.get("readers") == Readers.EVERYONE
    private = said.get("readers") == Readers.MY_WORKER
    return dict(said) | {
        "may_publish": everyone and bool(said.get("may_publish")),
        "may_quote": not private and bool(said.get("may_quote")),
    }


def _by_whom(by: By, gathering: Gathering | None, once: uuid.UUID | None) -> dict:
    worker = by if isinstance(by, User) else None
    return {
        "recorded_by": worker,
        "recorded_for_id": worker.acting_for.pk if worker else None,
        "recorded_at": clock.now(),
        "gathering": gathering,
        "once": mark_from(once.bytes) if once else None,
    }


def _sent_before(once: uuid.UUID) -> Voice | None:
    """The voice that the same form made before; with its code, while a double press may last."""
    voice = Voice.objects.filter(once=mark_from(once.bytes)).first()
    if voice is None:
        return None
    code = code_from(once.bytes)
    fresh = voice.recorded_at >= clock.now() - SHOWN_AGAIN
    if fresh and voice.codes.filter(digest=digest(code), ended_at=None).exists():
        voice.code = code
    return voice


def _keep_code(voice: Voice, code: str, by: By) -> str:
    maker = by if isinstance(by, User) else None
    while ThreadCode.objects.filter(digest=digest(code)).exists():
        code = new_code()
    ThreadCode.objects.create(voice=voice, digest=digest(code), made_by=maker)
    return code


def _look_for_harm(voice: Voice, by: By, *, may_tell_of_harm: bool) -> None:
    if may_tell_of_harm and isinstance(by, User):
        hold_voice(voice=voice, why=Hold.Why.WORKER, by=by)
    elif may_tell_of_harm or tells_of_harm(*(getattr(voice, name) for name in CHECKED)):
        hold_voice(voice=voice, why=Hold.Why.WORDS, by=TRIAGE)


def _follow(
    voice: Voice, words: str, by: User | None, *, corrects: bool, once: uuid.UUID | None
) -> Voice:
    """A second voice behind the first, for the same readers, on the same thread."""
    if once and (same := Voice.objects.filter(once=mark_from(once.bytes)).first()):
        return same
    first = voice.follows or voice
    kept = {name: getattr(first, name) for name in SHARED if name not in {"on", "precision"}}
    kept |= {
        name: getattr(first, name) for name in ("speaker", "speaker_name", "language", "worker")
    }
    whose = _by_whom(by, None, once)
    if by is None:  # said on the thread: the same worker looks after it
        whose["recorded_for_id"] = first.recorded_for_id
    second = Voice.objects.create(
        **kept, **whose, words=words, on=clock.today(), follows=first, corrects=corrects,
        method=first.method if corrects else "typed",
    )  # fmt: skip
    verb = "correct_voice" if corrects else "add_words"
    first.move(verb)
    record(verb, second, by=by, detail=words)
    _look_for_harm(second, by, may_tell_of_harm=False)
    return second


def _take_back(voice: Voice) -> None:
    now = clock.now()
    if voice.state == states.HELD:
        voice.move("take_back_voice", to=states.HELD)
        Hold.objects.filter(voice=voice, ended_at=None).update(take_back_asked_at=now)
        return
    voice.move(
        "take_back_voice", to=states.TAKEN_BACK, taken_back_at=now, hear_by_email="",
        published_at=None, published_by=None,
    )  # fmt: skip
