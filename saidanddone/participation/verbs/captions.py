"""Who speaks and where, as everybody may know it: fixed when words are published."""

from datetime import timedelta

from saidanddone.core import clock
from saidanddone.participation import permissions
from saidanddone.participation.models import Voice
from saidanddone.participation.models.voices import CHILDREN, ShownAs, Speaker
from saidanddone.reference.models import Area, partnership

A_YEAR = timedelta(days=365)


def caption(voice: Voice, area: Area | None) -> str:
    """Who speaks, as all may know it: an age band and a place, a name only if they chose it."""
    parts = []
    if voice.shown_as != ShownAs.NO_NAME and voice.speaker_name:
        parts.append(voice.speaker_name)
    parts.append(_who(voice))
    if voice.source_may_be_named and voice.body_id:
        parts.append(voice.body.name)
    parts.append(area.name if area else partnership().place)
    return ", ".join(parts)


def _who(voice: Voice) -> str:
    if voice.age_band_id and voice.speaker in CHILDREN:
        name = voice.age_band.name
        return f"Age {name}" if name[:1].isdigit() else name[:1].upper() + name[1:]
    return {
        Speaker.CHILD: "A child", Speaker.YOUNG_PERSON: "A young person",
        Speaker.PARENT: "A parent", Speaker.CARER: "A carer",
        Speaker.WORKER: "Someone who works with children",
    }[Speaker(voice.speaker)]  # fmt: skip


def public_area(voice: Voice) -> Area | None:
    """The town, if enough words of one age, town and topic stand there; else the borough."""
    if voice.area is None or voice.area.parent_id is None:
        return voice.area
    alike = permissions.public_voices().filter(
        age_band=voice.age_band_id, area=voice.area_id, topic=voice.topic_id,
        published_at__gte=clock.now() - A_YEAR,
    )  # fmt: skip
    enough = alike.exclude(pk=voice.pk).count() + 1 >= partnership().small_group
    return voice.area if enough else _borough(voice.area)


def _borough(area: Area) -> Area:
    while area.parent_id:
        area = area.parent
    return area
