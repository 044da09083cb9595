"""What children, families and workers said, and what became of the words."""

from datetime import time
from typing import Any

from saidanddone.dev.demonstration import pictures
from saidanddone.dev.demonstration.lists import chosen
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance.models import Body
from saidanddone.participation import verbs

# The files' words for the fields of a voice or a gathering.
NAMES = {
    "speaker": "speaker", "method": "method", "place": "place", "readers": "readers",
    "shown": "shown_as", "quote": "may_quote", "publish": "may_publish",
    "named": "source_may_be_named", "language": "language", "translation": "translation",
    "picture_words": "picture_words", "email": "hear_by_email", "name": "speaker_name",
}  # fmt: skip
SAID, LOOKED_AT, READ, SHOWN, BACK = time(10), time(13), time(15), time(15, 30), time(16)


def plan(story: Story) -> None:
    """Gatherings, then each voice: said, perhaps held, read, put on the wall, taken back."""
    for told in read("gatherings", "gathering"):
        story.then(told["day"], _gather, at=time(9, 30), told=told)
    days = {told["key"]: told["day"] for told in read("gatherings", "gathering")}
    for told in read("voices", "voice"):
        said = told.get("day", days.get(told.get("gathering", ""), 0))
        if told.get("just_now"):
            story.just_now(_say, told=told)
        else:
            story.then(said, _say, at=SAID, told=told)
        for name, do, at in (
            ("opened", _open, LOOKED_AT), ("released", _release, LOOKED_AT),
            ("handed_on", _hand_on, LOOKED_AT),
        ):  # fmt: skip
            if name in told:
                story.then(told[name]["day"], do, at=at, key=told["key"], told=told[name])
        for name, do, at in (
            ("read", _read, READ), ("wall", _publish, SHOWN), ("taken_back", _take_back, BACK),
        ):  # fmt: skip
            if name in told:
                story.then(told[name], do, at=at, key=told["key"], told=told)


def _gather(story: Story, told: dict) -> None:
    sheet = told.get("sheet")
    story.gatherings[told["key"]] = verbs.start_gathering(
        name=told["name"], body=_body(story, told), present=told["present"],
        photo=pictures.flip_chart(sheet) if sheet else "", photo_words=told.get("photo", ""),
        by=story.people[told["by"]], **chosen(told), **_fields(told, but={"name"}),
    )  # fmt: skip


def _say(story: Story, told: dict) -> None:
    by = story.people[told["by"]] if "by" in told else None
    if "corrects" in told:
        first = story.voice(told["corrects"])
        voice = verbs.correct_voice(voice=first, words=told["words"], by=_recorder(story, first))
        story.voices[told["key"]] = voice
        return
    gathering = story.gatherings.get(told.get("gathering", ""))
    voice = verbs.record_voice(
        words=told["words"], gathering=gathering,
        by=_recorder(story, gathering) if gathering else by,
        picture=pictures.drawn(told["picture"]) if "picture" in told else None,
        body=_body(story, told), worker=story.post(told["worker"]) if "worker" in told else None,
        may_tell_of_harm=told.get("hold") == "worker", **chosen(told), **_fields(told),
    )  # fmt: skip
    story.voices[told["key"]] = voice
    story.codes[told["key"]] = voice.code


def _open(story: Story, key: str, told: dict) -> None:
    verbs.open_held_voice(hold=story.voice(key).holds.get(), by=story.people[told["by"]])


def _release(story: Story, key: str, told: dict) -> None:
    verbs.release_voice(
        hold=story.voice(key).holds.get(), reason=told["reason"], told=told["told"],
        by=story.people[told["by"]],
    )  # fmt: skip


def _hand_on(story: Story, key: str, told: dict) -> None:
    verbs.hand_voice_on(
        hold=story.voice(key).holds.get(), reason=told["reason"], told=told["told"],
        by=story.people[told["by"]],
    )  # fmt: skip


def _read(story: Story, key: str, told: dict) -> None:
    voice = story.voice(key)
    mine = voice.readers == "my_worker"
    by = _recorder(story, voice) if mine else story.people["worker"]
    verbs.read_voice(voice=voice, public_words=told.get("public", voice.words), by=by)


def _publish(story: Story, key: str, told: dict) -> None:
    verbs.publish_voice(voice=story.voice(key), by=story.people["worker"])


def _take_back(story: Story, key: str, told: dict) -> None:
    verbs.take_back_voice(voice=story.voice(key))


def _recorder(story: Story, record: Any):
    """Whoever wrote it down, acting for the same post."""
    return next(
        person for person in story.people.values() if person.acting_for.pk == record.recorded_for_id
    )


def _body(story: Story, told: dict) -> Body | None:
    return story.bodies[told["body"]] if "body" in told else None


def _fields(told: dict, but: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    return {field: told[name] for name, field in NAMES.items() if name in told and name not in but}
