"""Words that may tell of harm: held before anybody sees them, looked at, released, handed on."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, workdays
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import voices as emails
from saidanddone.participation.models import Duty, Hold, Voice
from saidanddone.participation.models.voices import Readers
from saidanddone.participation.verbs.told import By, Hindered, closed_days
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Partnership, partnership

TRIAGE = "system:triage"
# What a word of the list may end in when somebody says it: hurt, hurts, hurting, cutting, bullied.
ENDINGS = r"(?:e|s|es|d|ed|en|t|er|ers|ing|in|ings|y|ies|ied)?"
APART = (
    r"[\W_]+(?:\w{1,9}[\W_]+)?"  # a short word may stand between two of a phrase: "hit by my dad"
)
LOOKALIKE = str.maketrans("013457@$!", "oieastasi")


@transaction.atomic
def hold_voice(*, voice: Voice, why: str, by: By) -> Hold:
    """Keep words back because they may tell of harm. Whoever recorded or reads them, or the list.

    From that moment nobody sees them but the safeguarding lead on duty, who gets a letter without
    content. What was published is gone from the wall in the same moment.
    """
    require("hold_voice", permissions.voice_verbs(by, voice))
    voice.move("hold_voice")
    hold = Hold.objects.create(voice=voice, why=why, rank=_first_rank(permissions.on_duty()))
    record("hold_voice", voice, by=by)
    emails.words_held(hold, _on_turn(hold))
    return hold


@transaction.atomic
def open_held_voice(*, hold: Hold, by: User) -> None:
    """Take held words up: recorded before they show. The safeguarding lead whose turn it is."""
    require("open_held_voice", permissions.hold_verbs(by, hold))
    if not Hold.objects.filter(pk=hold.pk, opened_at=None).update(
        opened_at=clock.now(), opened_by=by
    ):
        raise Moved(hold, "open_held_voice")
    hold.voice.move("open_held_voice")
    record("open_held_voice", hold, by=by)
    emails.held_taken_up(hold)
    hold.refresh_from_db()


@transaction.atomic
def pass_held_voice_on(*, hold: Hold, by: str = TRIAGE) -> None:
    """Give unopened words to the next in line, deputy, then manager. The clock does it."""
    require("pass_held_voice_on", permissions.hold_verbs(by, hold))
    rank = _next_rank(hold.rank, permissions.on_duty())
    moved = Hold.objects.filter(pk=hold.pk, rank=hold.rank, opened_at=None, ended_at=None).update(
        rank=rank, rank_since=clock.now()
    )
    if not moved:
        raise Moved(hold, "pass_held_voice_on")
    hold.voice.move("pass_held_voice_on")
    record("pass_held_voice_on", hold, by=by)
    hold.rank = rank
    emails.words_held(hold, _on_turn(hold))


@transaction.atomic
def release_voice(*, hold: Hold, reason: str, by: User, told: str = "") -> None:
    """Let the words go on to be read. The safeguarding lead who opened them, with a reason.

    Words that their speaker took back meanwhile are gone instead.
    """
    require("release_voice", permissions.hold_verbs(by, hold))
    _end(hold, Hold.Outcome.RELEASED, reason, told, by)
    asked = hold.take_back_asked_at
    changes = {"taken_back_at": asked, "hear_by_email": ""} if asked else {}
    hold.voice.move("release_voice", to=states.TAKEN_BACK if asked else states.WAITING, **changes)
    record("release_voice", hold, by=by, detail=reason)
    if hold.voice.state == states.WAITING and hold.voice.readers == Readers.MY_WORKER:
        emails.worker_named(hold.voice)


@transaction.atomic
def hand_voice_on(*, hold: Hold, reason: str, told: str, by: User) -> None:
    """Say that the words are being looked after outside this record. The safeguarding lead.

    Nothing of them is ever shown here again; the child's page says the kind and true sentence.
    """
    require("hand_voice_on", permissions.hold_verbs(by, hold))
    if not told.strip():
        raise Hindered("Write what the child’s page says now: one kind and true sentence.")
    _end(hold, Hold.Outcome.HANDED_ON, reason, told, by)
    hold.voice.move("hand_voice_on")
    record("hand_voice_on", hold, by=by, detail=reason)


def _end(hold: Hold, outcome: str, reason: str, told: str, by: User) -> None:
    if not reason.strip():
        raise Hindered("Give the reason: it is kept with the record.")
    done = Hold.objects.filter(pk=hold.pk, ended_at=None).update(
        ended_at=clock.now(), ended_by=by, outcome=outcome, reason=reason.strip(),
        told=told.strip(),
    )  # fmt: skip
    if not done:
        raise Moved(hold, "release_voice")
    hold.refresh_from_db()


# ------------------------------------------------------------------ the rota


@transaction.atomic
def set_duty(*, post: Post, rank: int, starts_on: date, ends_on: date, by: User) -> Duty:
    """Put somebody on the rota for held words. A safeguarding lead or participation worker."""
    require("set_duty", permissions.listening_verbs(by))
    if ends_on < starts_on:
        raise Hindered("The last day is before the first. Change one of them.")
    if not permissions.posts_for_duty().filter(pk=post.pk).exists():
        raise Hindered("Only a safeguarding lead can be on duty. Choose somebody else.")
    duty, _ = Duty.objects.get_or_create(
        post=post, rank=rank, starts_on=starts_on, ends_on=ends_on, ended_at=None,
        defaults={"set_by": by},
    )  # fmt: skip
    record("set_duty", duty, by=by)
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, by: User) -> None:
    """Take somebody off the rota. A safeguarding lead or participation worker."""
    require("set_duty", permissions.listening_verbs(by))
    if not Duty.objects.filter(pk=duty.pk, ended_at=None).update(ended_at=clock.now()):
        raise Moved(duty, "end_duty")
    record("end_duty", duty, by=by)


def holds_to_pass_on() -> list[Hold]:
    """Holds that nobody opened in the working minutes that each rank has."""
    place, rota, now = partnership(), permissions.on_duty(), clock.now()
    unopened = Hold.objects.filter(
        opened_at=None, ended_at=None, rank__lt=Duty.Rank.MANAGER
    ).select_related("voice")
    closed = closed_days()
    return [
        hold
        for hold in unopened
        if _next_rank(hold.rank, rota) > hold.rank
        and (hold.rank not in rota or _minutes(hold, now, place, closed) >= place.unopened_minutes)
    ]


def _minutes(hold: Hold, now, place: Partnership, closed) -> int:
    return workdays.working_minutes(hold.rank_since, now, place.opens_at, place.closes_at, closed)


def somebody_reads_now() -> bool:
    """Whether it is a working hour: outside it every page says that nobody is reading."""
    place = partnership()
    return workdays.is_open(clock.now(), place.opens_at, place.closes_at, closed_days())


def _first_rank(rota: dict[int, Post]) -> int:
    return min(rota, default=Duty.Rank.LEAD)


def _next_rank(rank: int, rota: dict[int, Post]) -> int:
    """The next that somebody stands on; the last one where nobody does."""
    return min((other for other in rota if other > rank), default=rank)


def _on_turn(hold: Hold) -> list[Post]:
    """Who gets the letter; with an empty rota, every safeguarding lead."""
    post = permissions.on_duty().get(hold.rank)
    return [post] if post else list(permissions.posts_for_duty().select_related("user"))


# ------------------------------------------------------------------ the list of words


def tells_of_harm(*texts: str) -> bool:
    """Whether any of it holds a word or phrase of the council's list, erring towards caution."""
    pattern = _pattern(partnership().triage_words)
    return pattern is not None and any(
        pattern.search(reading) for text in texts if text for reading in _readings(text)
    )


def _readings(text: str) -> set[str]:
    """The text as it may be meant: without accents, long-drawn letters or digits for letters."""
    split = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(
        c for c in split if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    ).replace("'", "")
    short = re.sub(r"(.)\1{2,}", r"\1\1", plain)
    single = re.sub(r"(.)\1{2,}", r"\1", plain)
    return {form for one in (plain, short, single) for form in (one, one.translate(LOOKALIKE))}


@lru_cache(maxsize=4)
def _pattern(listed: str) -> re.Pattern[str] | None:
    lines = [
        line.strip().casefold().replace("’", "'").replace("'", "") for line in listed.splitlines()
    ]
    phrases = [APART.join(map(_word, line.split())) for line in lines if line]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)") if phrases else None


def _word(word: str) -> str:
    """One word of the list in all its forms; short ones only as they stand."""
    if len(word) < 3 or not word.isalpha():
        return re.escape(word)
    stem = word[:-1] if word[-1] in "ey" else word
    return rf"{stem}{word[-1]}?{ENDINGS}"
