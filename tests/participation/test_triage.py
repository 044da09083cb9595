"""Words that may tell of harm: held, passed on, opened, released, handed on; who sees them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Max

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.mail.models import Letter
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.jobs import triage
from saidanddone.participation.models import Hold
from tests.factories.participation import (
    make_duty,
    make_place,
    make_read_voice,
    make_voice,
)
from tests.factories.people import act, acting, make_post, sign_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def leads(*ranks):
    """A rota with one person on each of these ranks."""
    make_place()
    return [make_duty(rank).post for rank in ranks]


HARM = [
    "He hurt me", "it HURTS", "they are hurting us", "hurrrrrt", "h u r t" * 0 + "húrt", "hurt!!",
    "my dad hits me", "he hit, me", "killing", "killed", "k1ll", "I am scared  to\ngo home",
    "scared of my step dad" * 0 + "scared to always go home", "hu\u200brt",
]  # fmt: skip
HARMLESS = ["", "The bus is late", "yurt", "unhurtable-ish yurts", "skilled people", "hit a ball"]


@pytest.mark.parametrize("words", HARM)
def test_the_list_finds_words_in_all_their_forms(words):
    make_place()
    assert verbs.tells_of_harm(words)


@pytest.mark.parametrize("words", HARMLESS)
def test_the_list_leaves_other_words_alone(words):
    make_place()
    assert not verbs.tells_of_harm(words)


def test_without_a_list_nothing_is_found():
    make_place(triage_words="")
    assert not verbs.tells_of_harm("hurt")


def test_words_on_the_list_are_held_before_anybody_sees_them():
    (lead,) = leads(1)
    voice = make_voice(words="He hurt me.", readers="everyone", may_publish=True)
    assert voice.state == states.HELD
    hold = Hold.objects.get(voice=voice)
    assert (hold.why, hold.rank) == ("words", 1)
    for role in ("participation_worker", "practitioner", "clerk", "administrator", "officer"):
        assert not permissions.visible_voices(acting(role)).exists()
    letter = Letter.objects.get()
    assert letter.address == lead.user.email
    assert "hurt" not in letter.wording.text + letter.wording.subject


def test_a_workers_tick_holds_and_shows_no_difference_in_lists():
    leads(1)
    worker = acting("practitioner")
    make_voice(by=worker)
    before = permissions.visible_voices(worker).count()
    receipts = permissions.recorded_voices(worker).count()
    make_voice(by=worker, may_tell_of_harm=True)
    make_voice(by=worker)
    assert permissions.visible_voices(worker).count() == before == 0
    assert permissions.recorded_voices(worker).count() == receipts + 2


def test_only_the_one_on_duty_sees_a_hold_and_only_signed_in_strongly():
    lead, deputy = leads(1, 2)
    make_voice(words="He hurt me.")
    assert permissions.visible_holds(act(lead)).count() == 1
    assert not permissions.visible_holds(act(lead, strong=False)).exists()
    for other in (act(deputy), acting("safeguarding_lead"), acting("participation_worker")):
        assert not permissions.visible_holds(other).exists()


def test_with_an_empty_rota_every_safeguarding_lead_sees_it():
    make_place()
    one, two = make_post("safeguarding_lead"), make_post("safeguarding_lead")
    make_voice(words="He hurt me.")
    assert permissions.visible_holds(act(one)).count() == 1
    assert permissions.visible_holds(act(two)).count() == 1
    assert {letter.address for letter in Letter.objects.all()} == {one.user.email, two.user.email}


def test_a_lead_whose_post_ends_is_on_duty_no_more():
    lead, deputy = leads(1, 2)
    lead.ends_on = clock.today() - timedelta(days=1)
    lead.starts_on = lead.ends_on
    lead.save()
    make_voice(words="He hurt me.")
    assert Hold.objects.get().rank == 2
    assert permissions.visible_holds(act(deputy)).count() == 1


def test_unopened_it_passes_on_after_working_minutes_only():
    with clock.stand_at(MONDAY):
        lead, deputy, manager = leads(1, 2, 3)
        make_voice(words="He hurt me.")
    with clock.stand_at(MONDAY + timedelta(minutes=59)):
        assert verbs.holds_to_pass_on() == []
    with clock.stand_at(MONDAY + timedelta(minutes=60)):
        (hold,) = verbs.holds_to_pass_on()
        verbs.pass_held_voice_on(hold=hold)
        assert permissions.visible_holds(act(deputy)).count() == 1
        assert permissions.visible_holds(act(lead)).count() == 1  # back from lunch
        assert verbs.holds_to_pass_on() == []
    with clock.stand_at(MONDAY + timedelta(hours=23)):  # 9am: the night does not count
        (hold,) = verbs.holds_to_pass_on()
        verbs.pass_held_voice_on(hold=hold)
        assert hold.rank == 3
    with clock.stand_at(MONDAY + timedelta(days=9)):
        assert verbs.holds_to_pass_on() == []
    addresses = [letter.address for letter in Letter.objects.order_by("pk")]
    assert addresses == [post.user.email for post in (lead, deputy, manager)]


def test_on_a_friday_evening_it_waits_for_monday():
    friday = datetime(2026, 11, 20, 16, 50, tzinfo=UTC)
    with clock.stand_at(friday):
        leads(1, 2)
        make_voice(words="He hurt me.")
    with clock.stand_at(MONDAY - timedelta(minutes=11)):  # 9.49 on Monday
        assert verbs.holds_to_pass_on() == []
    with clock.stand_at(MONDAY - timedelta(minutes=10)):
        assert len(verbs.holds_to_pass_on()) == 1


def test_opened_it_stays_and_waiting_letters_are_called_back():
    before = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    with clock.stand_at(MONDAY):
        (lead, _) = leads(1, 2)
        voice = make_voice(words="He hurt me.")
        hold = Hold.objects.select_related("voice").get()
        verbs.open_held_voice(hold=hold, by=act(lead))
        with pytest.raises((Moved, Refused)):
            verbs.open_held_voice(hold=Hold.objects.get(), by=act(lead))
    with clock.stand_at(MONDAY + timedelta(hours=5)):
        assert verbs.holds_to_pass_on() == []
    assert {letter.state for letter in Letter.objects.all()} == {"cancelled"}
    done = Line.objects.filter(subject__startswith="participation.", pk__gt=before).order_by("pk")
    assert [(line.verb, line.actor) for line in done] == [
        ("record_voice", "code"), ("hold_voice", "system:triage"),
        ("open_held_voice", f"person:{lead.user_id}"),
    ]  # fmt: skip
    assert voice.state == states.HELD


def opened():
    """Held words that the one on duty has opened."""
    (lead,) = leads(1)
    make_voice(words="He hurt me.")
    hold = Hold.objects.select_related("voice").get()
    by = act(lead)
    verbs.open_held_voice(hold=hold, by=by)
    return Hold.objects.select_related("voice").get(), by


def test_release_sends_it_on_to_be_read():
    hold, by = opened()
    with pytest.raises(verbs.Hindered):
        verbs.release_voice(hold=hold, reason=" ", by=by)
    verbs.release_voice(hold=hold, reason="A game.", told="All is well.", by=by)
    assert hold.voice.state == states.WAITING
    assert permissions.visible_voices(acting("participation_worker")).count() == 1
    with pytest.raises(Refused):
        verbs.release_voice(hold=hold, reason="Again.", by=by)


def test_handed_on_it_is_never_shown_here_again():
    hold, by = opened()
    with pytest.raises(verbs.Hindered):
        verbs.hand_voice_on(hold=hold, reason="Rang.", told="", by=by)
    verbs.hand_voice_on(hold=hold, reason="Rang.", told="Somebody helps.", by=by)
    assert hold.voice.state == states.HANDED_ON
    assert not permissions.visible_voices(acting("participation_worker")).exists()


def test_release_before_opening_is_refused():
    (lead,) = leads(1)
    make_voice(words="He hurt me.")
    with pytest.raises(Refused):
        verbs.release_voice(hold=Hold.objects.get(), reason="x", by=act(lead))


def test_held_words_taken_back_are_gone_for_all_but_the_lead():
    hold, by = opened()
    verbs.take_back_voice(voice=hold.voice)
    assert hold.voice.state == states.HELD
    assert permissions.visible_holds(by).count() == 1
    hold.refresh_from_db()
    verbs.release_voice(hold=hold, reason="Nothing in it.", by=by)
    assert hold.voice.state == states.TAKEN_BACK


def test_a_reader_can_hold_what_was_read_and_published():
    leads(1)
    reader = acting("participation_worker")
    voice = make_read_voice(reader=reader, readers="everyone", may_publish=True)
    verbs.publish_voice(voice=voice, by=reader)
    verbs.hold_voice(voice=voice, why="reader", by=reader)
    assert not permissions.public_voices().exists()
    with pytest.raises(Refused):
        verbs.hold_voice(voice=voice, why="reader", by=reader)


def test_words_that_are_added_are_looked_at_too():
    leads(1)
    voice = make_voice()
    assert verbs.add_words(voice=voice, words="He hits me.").state == states.HELD


def test_the_rota_is_kept_by_leads_and_participation_workers():
    make_place()
    post = make_post("safeguarding_lead")
    told = {"post": post, "rank": 1, "starts_on": clock.today(), "ends_on": clock.today()}
    for role in ("practitioner", "clerk", "administrator"):
        with pytest.raises(Refused):
            verbs.set_duty(**told, by=acting(role))
    keeper = acting("participation_worker")
    duty = verbs.set_duty(**told, by=keeper)
    assert permissions.on_duty() == {1: post}
    verbs.end_duty(duty=duty, by=keeper)
    assert permissions.on_duty() == {}
    with pytest.raises(verbs.Hindered):
        verbs.set_duty(**told | {"post": make_post("officer")}, by=keeper)


def test_the_clock_passes_on_once_and_leaves_what_was_opened():
    with clock.stand_at(MONDAY):
        lead, _ = leads(1, 2)
        make_voice(words="He hurt me.")
        make_voice(words="They hurt me.")
        first = Hold.objects.select_related("voice").first()
        verbs.open_held_voice(hold=first, by=act(lead))
    with clock.stand_at(MONDAY + timedelta(hours=2)):
        assert triage.pass_on_unopened() == 1
        assert triage.pass_on_unopened() == 0
    assert Line.objects.get(verb="pass_held_voice_on").actor == "system:triage"


# ------------------------------------------------------------------ pages


REFUSED_FORMS = [
    ("release", {"release-reason": ""}),
    ("hand-on", {"hand-on-reason": "", "hand-on-told": ""}),
]


@pytest.mark.parametrize(("deed", "typed"), REFUSED_FORMS)
def test_a_form_with_something_to_fix_shows_no_words_before_they_are_opened(client, deed, typed):
    (lead,) = leads(1)
    hold = make_voice(words="He hurt me").holds.get()
    sign_in(client, lead)
    answer = client.post(f"/voices/held/{hold.pk}/{deed}/", typed)
    assert answer.status_code == 403
    assert "He hurt me" not in answer.content.decode()


@pytest.mark.parametrize(("deed", "typed"), REFUSED_FORMS)
def test_a_form_with_something_to_fix_records_the_look_that_it_gives(client, deed, typed):
    (lead,) = leads(1)
    hold = make_voice(words="He hurt me").holds.get()
    verbs.open_held_voice(hold=hold, by=act(lead))
    sign_in(client, lead)
    answer = client.post(f"/voices/held/{hold.pk}/{deed}/", typed)
    assert answer.status_code == 422
    assert "He hurt me" in answer.content.decode()
    looks = Line.objects.filter(verb="look_at_held_voice", actor=f"person:{lead.user_id}")
    assert looks.count() == 1


def test_words_that_have_ended_meanwhile_are_not_shown_again(client):
    (lead,) = leads(1)
    hold = make_voice(words="He hurt me").holds.get()
    verbs.open_held_voice(hold=hold, by=act(lead))
    verbs.release_voice(hold=hold, reason="It is a song.", by=act(lead))
    sign_in(client, lead)
    answer = client.post(f"/voices/held/{hold.pk}/release/", {"release-reason": "Twice"})
    assert answer.status_code == 409
    assert "He hurt me" not in answer.content.decode()
