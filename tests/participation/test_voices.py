"""Words: recorded, kept as they are, read, covered, published, corrected, taken back."""

import uuid

import pytest
from django.db import Error, transaction

from saidanddone.audit.models import Line
from saidanddone.core.access import Refused
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.models import ThreadCode, Voice
from saidanddone.participation.models.codes import digest
from tests.factories.participation import (
    make_gathering,
    make_place,
    make_public_voice,
    make_read_voice,
    make_voice,
)
from tests.factories.people import acting
from tests.factories.reference import make_age_band, make_area, make_topic

pytestmark = pytest.mark.django_db


def lines(subject):
    """The verbs that the audit holds of it, in order."""
    reference = f"{subject._meta.label_lower}:{subject.pk}"
    return list(Line.objects.filter(subject=reference).order_by("pk").values_list("verb", "actor"))


def test_record_voice_keeps_words_and_gives_a_code():
    worker = acting("practitioner")
    voice = make_voice(by=worker, words="  So we   wait\r\nand wait. ")
    voice.refresh_from_db()
    assert voice.words == "  So we   wait\r\nand wait. "
    assert (voice.recorded_by, voice.recorded_for_id) == (worker, worker.acting_for.pk)
    code = ThreadCode.objects.get(voice=voice)
    assert lines(voice) == [("record_voice", f"person:{worker.pk}")]
    fresh = make_voice(by=worker)
    assert fresh.code not in str(ThreadCode.objects.values().get(voice=fresh))
    assert ThreadCode.objects.get(voice=fresh).digest == digest(fresh.code)
    assert code.digest != digest(fresh.code)


@pytest.mark.parametrize("roles", [(), ("administrator",), ("councillor",), ("analyst",)])
def test_record_voice_refuses_others(roles):
    with pytest.raises(Refused):
        make_voice(by=acting(*roles))


def test_record_voice_twice_is_one_voice_with_the_same_code():
    once = uuid.uuid4()
    first, second = make_voice(once=once), make_voice(once=once)
    assert (first.pk, first.code) == (second.pk, second.code)
    assert Voice.objects.count() == 1
    assert first.once != once


def test_a_renewed_code_is_not_shown_to_the_old_form():
    worker, once = acting("practitioner"), uuid.uuid4()
    voice = make_voice(by=worker, once=once)
    verbs.renew_code(voice=voice, by=worker)
    assert make_voice(by=worker, once=once).code == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [("words", "Other"), ("readers", "everyone"), ("may_publish", True), ("speaker", "parent"),
     ("shown_as", "name"), ("may_quote", True), ("speaker_name", "Zed")],
)  # fmt: skip
def test_the_database_refuses_to_change_what_was_said_or_chosen(name, value):
    voice = make_voice()
    setattr(voice, name, value)
    with pytest.raises(Error), transaction.atomic():
        voice.save()
    with pytest.raises(Error), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(**{name: value})


def test_nothing_goes_beyond_what_was_chosen():
    voice = make_voice(readers="helpers", may_publish=True, speaker_name="Zed")
    assert (voice.may_publish, voice.speaker_name) == (False, "")
    private = make_voice(by=acting("practitioner"), readers="my_worker", may_quote=True)
    assert private.may_quote is False


def test_read_voice_keeps_the_original_and_takes_it_off_the_wall():
    voice = make_public_voice(words="Ask Zed Example.")
    reader = acting("participation_worker")
    verbs.read_voice(voice=voice, public_words="Ask [name covered].", by=reader)
    voice.refresh_from_db()
    assert (voice.words, voice.public_words) == ("Ask Zed Example.", "Ask [name covered].")
    assert not permissions.public_voices().exists()
    assert lines(voice)[-1] == ("read_voice", f"person:{reader.pk}")


def test_read_voice_refuses_whoever_recorded_it_for_others():
    worker = acting("practitioner")
    voice = make_voice(by=worker)
    with pytest.raises(Refused):
        verbs.read_voice(voice=voice, public_words="x", by=worker)


def test_only_my_worker_is_read_by_that_worker_alone():
    worker, other = acting("practitioner"), acting("participation_worker")
    voice = make_voice(by=worker, readers="my_worker")
    with pytest.raises(Refused):
        verbs.read_voice(voice=voice, public_words="x", by=other)
    verbs.read_voice(voice=voice, public_words="x", by=worker)
    assert voice.state == states.READ


def test_publish_voice_needs_everyone_and_permission():
    reader = acting("participation_worker")
    for readers, may in (("helpers", True), ("everyone", False)):
        voice = make_read_voice(reader=reader, readers=readers, may_publish=may)
        with pytest.raises(Refused):
            verbs.publish_voice(voice=voice, by=reader)


def test_the_caption_names_a_town_only_among_enough_others():
    make_place(small_group=5)
    borough = make_area(name="Borough")
    town, topic, band = make_area(name="Town", parent=borough), make_topic(), make_age_band()
    shown = {"area": town, "topic": topic, "age_band": band}
    captions = [make_public_voice(**shown).public_caption for _ in range(5)]
    assert captions == ["Age 11 to 13, Borough"] * 4 + ["Age 11 to 13, Town"]
    assert make_public_voice(**shown | {"topic": make_topic()}).public_area == borough


def test_the_caption_holds_a_name_and_a_group_only_when_chosen():
    make_place(place="Bury")
    assert make_public_voice(shown_as="first_name", speaker_name="Zed").public_caption == (
        "Zed, A young person, Bury"
    )
    assert make_public_voice(speaker="parent").public_caption == "A parent, Bury"


def test_correct_voice_stands_beside_the_first():
    worker = acting("practitioner")
    voice = make_voice(by=worker)
    second = verbs.correct_voice(voice=voice, by=worker, words="The tram is always late.")
    assert (second.follows, second.corrects, second.state) == (voice, True, states.WAITING)
    assert Voice.objects.get(pk=voice.pk).words == "The bus is always late."


def test_add_words_keeps_the_readers_of_the_first():
    voice = make_voice(readers="everyone", may_publish=True)
    second = verbs.add_words(voice=voice, words="And dirty.")
    assert (second.readers, second.may_publish, second.speaker) == (
        "everyone",
        True,
        "young_person",
    )
    assert lines(second) == [("add_words", "code")]


def test_take_back_voice_takes_all_that_was_added():
    voice = make_public_voice()
    second = verbs.add_words(voice=voice, words="And dirty.")
    verbs.take_back_voice(voice=voice)
    second.refresh_from_db()
    assert (voice.state, second.state) == (states.TAKEN_BACK, states.TAKEN_BACK)
    assert not permissions.public_voices().exists()
    assert not permissions.visible_voices(acting("participation_worker")).exists()
    with pytest.raises(Refused):
        verbs.take_back_voice(voice=voice)


def test_a_worker_takes_back_with_a_note_only():
    worker = acting("practitioner")
    voice = make_voice(by=worker)
    with pytest.raises(verbs.Hindered):
        verbs.take_back_voice(voice=voice, by=worker)
    verbs.take_back_voice(voice=voice, by=worker, note="Asked at the club.")
    assert voice.state == states.TAKEN_BACK


def test_renew_code_ends_the_old_one():
    worker = acting("practitioner")
    voice = make_voice(by=worker)
    new = verbs.renew_code(voice=voice, by=worker)
    assert permissions.voice_by_code(voice.code) is None
    assert permissions.voice_by_code(new.lower().replace(" ", " - ")) == voice
    with pytest.raises(Refused):
        verbs.renew_code(voice=voice, by=acting("participation_worker"))


def test_a_gathering_sets_once_what_all_share():
    worker, area = acting("practitioner"), make_area()
    gathering = make_gathering(by=worker, area=area, readers="everyone", may_publish=True)
    voice = make_voice(by=worker, gathering=gathering, words="Skate ramps.")
    assert (voice.area, voice.readers, voice.may_publish, voice.place) == (
        area, "everyone", True, "The park",
    )  # fmt: skip
