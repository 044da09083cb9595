"""The demonstration loads, shows every state, tells real threads true, leaves no work behind."""

import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from saidanddone.audit import verbs as audit
from saidanddone.bulletin import states as bulletin
from saidanddone.bulletin.models import Edition, Item, Subscription
from saidanddone.core import clock, identity
from saidanddone.core.lifecycle import Living
from saidanddone.dev import demonstration, personas
from saidanddone.dev.demonstration import afterwards
from saidanddone.dev.demonstration.families_later import answer_for_the_lapsed
from saidanddone.dev.demonstration.source import read
from saidanddone.earlyhelp.models import Confirmation
from saidanddone.events import states as events
from saidanddone.events.models import Evaluation, Session
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import (
    AgendaItem,
    Appointment,
    Body,
    Decision,
    Meeting,
    Paper,
)
from saidanddone.governance.permissions import visible_items
from saidanddone.governance.states import PROPOSED
from saidanddone.mail.models import Letter
from saidanddone.participation import permissions, states
from saidanddone.participation.models import Hold, Issue, Reply, Voice
from saidanddone.participation.models.voices import CHILDREN
from saidanddone.people import permissions as network
from saidanddone.people.models import Membership, Organisation, Profile, User
from saidanddone.reference.models import AgeBand, partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
MAIL = {"Letter"}  # its states tell of mail servers; nothing of the story

# States in which nothing stays: they last for moments, or come of a fault or of a visitor's own
# file. Whatever else a life cycle knows, a visitor meets.
PASSING = {
    # An answer goes straight on to the agenda of the group that asked.
    "governance.Escalation": {"answered"},
    # Begins with a file that a visitor reads in; nothing of the story came by file.
    "governance.Import": {"read", "imported", "undone"},
    "people.RegisterFile": {"read", "imported", "undone"},
    # Failed: a fault of the machine. Retired: the moment after a paper is taken back.
    "governance.Pack": {"failed", "retired"},
    # The visitor hands this week's edition on, and lets it go; the one before went out on Friday.
    "bulletin.Edition": {"ready", "scheduled"},
    # A stranger's address that has not answered: gone, with what it sent, within a week.
    "bulletin.Item": {"unconfirmed"},
    # A draft lasts until it is signed.
    "earlyhelp.Contribution": {"writing"},
    # Until the link in a letter is followed; members' addresses answered when they joined.
    # Withdrawn, with its list: begins with a list that a visitor pastes and takes back.
    "bulletin.Subscription": {"asked", "withdrawn"},
    "bulletin.ContactList": {"added", "undone"},
}

# What the minutes tell of each: the state in which it ends, and the steps on the way, in order.
REAL = {
    "A school council in every high school": (
        "tabled",
        [
            "update",
            "piloted",
            "pulled",
            "objected",
            "reworded",
            "presented",
            "update",
            "unknown_end",
        ],
    ),
    "Do something about vaping": ("replied", ["part_done"]),
    "A motion of our own at Council": ("closed", ["update"]),
    "The plan from Circles must not vanish": ("replied", ["update"]),
    "A Kite Mark for working together": ("replied", ["part_done", "update"]),
    "Green roofs on bus stops": ("routed", ["update", "unknown_end"]),
    "A venue that you can reach": ("routed", ["unknown_end"]),
    "Votes from eleven, WhatsApp, and six meetings first": ("closed", []),
    "A mental health campaign where we are": ("routed", ["part_done", "update", "unknown_end"]),
    "Police who do things with us": ("routed", ["unknown_end"]),
    "Environment first": ("closed", ["part_done"]),
    "What the money for Chesham should buy": ("closed", ["part_done"]),
    "A sexual health service for us": ("closed", []),
    "What to talk about at Circles": ("closed", []),
    "Free transport, and schools for everyone": ("routed", ["unknown_end"]),
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here, and taken away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.load()
        yield
        transaction.set_rollback(True)


def counts() -> Counter:
    """How many rows every table of ours has."""
    tables = set(connection.introspection.table_names())
    kept = [model for model in apps.get_models() if model._meta.db_table in tables]
    return Counter({model._meta.label: model._base_manager.count() for model in kept})


def test_loading_twice_changes_nothing():
    before = counts()
    demonstration.load()
    demonstration.load_reference()
    assert counts() == before


@pytest.mark.parametrize(
    "model",
    [m for m in apps.get_models() if issubclass(m, Living) and m.__name__ not in MAIL],
    ids=lambda m: m._meta.label,
)
def test_every_state_of_a_life_cycle_occurs(model):
    passing = PASSING.get(model._meta.label, set())
    possible = {model._meta.get_field("state").default}
    for start, target in model.MOVES.values():
        possible |= set(start) | ({target} if isinstance(target, str) else set(target or ()))
    with identity.as_system("test"):  # a family's rows are there for nobody else at once
        there = set(model._base_manager.values_list("state", flat=True).order_by())
    assert there | passing == possible
    assert not there & passing  # it stays after all, and need not be excused


def test_only_life_cycles_are_excused():
    living = {model._meta.label for model in apps.get_models() if issubclass(model, Living)}
    assert set(PASSING) <= living


def test_no_letter_of_the_past_waits_to_be_sent():
    waiting = Letter.objects.exclude(state__in=["accepted", "cancelled"])
    assert not waiting.filter(queued_at__lt=clock.now() - afterwards.RECENT).exists()


def test_the_audit_is_whole():
    report = audit.verify()
    assert report.lines > 1000
    assert report.faults == []


def test_real_threads_end_as_the_minutes_tell():
    told = {
        issue.title: (issue.state, [step.kind for step in issue.steps.order_by("pk")])
        for issue in Issue.objects.exclude(source="")
    }
    assert told == REAL


def test_real_threads_name_nobody_and_quote_nobody():
    for issue in Issue.objects.exclude(source=""):
        assert (issue.by, issue.at, issue.owner, issue.voices.count()) == (None, None, None, 0)
        trail = [
            *issue.routings.all(),
            *issue.tablings.all(),
            *issue.steps.all(),
            *issue.replies.all(),
        ]
        assert {(step.by, step.at) for step in trail} <= {(None, None)}
        assert all(step.source for step in trail)


def test_unknown_days_stay_unknown():
    unknown = Issue.objects.exclude(source="").filter(precision="unknown")
    assert {issue.on for issue in unknown} == {None}
    assert unknown.count() == len([t for t in read("history", "thread") if "on" not in t])


def test_the_dropped_thread_shows_who_dropped_it_and_how_it_was_mended():
    issue = Issue.objects.get(title="A school council in every high school")
    tabled = [
        (tabling.item.meeting.body.short_name, tabling.on.isoformat(), tabling.precision)
        for tabling in issue.tablings.order_by("pk").select_related("item__meeting__body")
    ]
    assert tabled == [("Council", "2025-03-01", "month"), ("Council", "2025-07-16", "day")]
    pulled = issue.steps.get(kind="pulled")
    assert "Nobody asked the Youth Cabinet" in pulled.text
    assert issue.steps.get(kind="reworded").before != issue.wording


def test_many_voices_in_many_tones():
    voices = Voice.objects.filter(follows=None)
    assert voices.filter(speaker__in=CHILDREN).count() >= 40
    assert {"parent", "carer", "worker"} <= set(voices.values_list("speaker", flat=True))
    assert set(voices.values_list("language", flat=True)) == {"en", "ur", "pl"}
    assert all(voice.translation for voice in voices.exclude(language="en"))
    assert set(voices.values_list("readers", flat=True)) == {"my_worker", "helpers", "everyone"}
    assert voices.exclude(picture="").get().picture_words
    bands = set(voices.exclude(age_band=None).values_list("age_band__code", flat=True))
    assert bands == set(AgeBand.objects.values_list("code", flat=True))
    assert Voice.objects.filter(corrects=True).count() == 1


def test_held_words_are_held_released_and_handed_on():
    outcomes = set(Hold.objects.values_list("outcome", flat=True))
    assert outcomes == {"", "released", "handed_on"}
    assert sorted(permissions.on_duty()) == [1, 2, 3]
    on_duty = personas.person("safeguarding")
    on_duty.acting_for, on_duty.strong = on_duty.posts.get(), True
    assert permissions.visible_holds(on_duty).filter(opened_at=None).count() == 1


def test_two_issues_are_late_and_one_stands_before_the_board():
    late = Issue.objects.filter(source="", state__in=states.WITH_US, answer_due__lt=clock.today())
    titles = {"Enough time to eat", "A crossing by the corner shops"}
    assert {issue.title for issue in late} == titles
    assert late.filter(late_told=3).get().steps.filter(kind="escalated").count() == 1


def test_not_fair_opens_once_and_stands_the_second_time():
    once = Issue.objects.get(title="Toilets that are open in lessons")
    twice = Issue.objects.get(title="A bus that gets in before the bell")
    assert (once.state, once.owner) == ("reopened", None)
    replies = twice.replies.all()
    assert [reply.judgements.filter(verdict="not_fair").count() for reply in replies] == [1, 1]
    authors = [reply.author_id for reply in replies]
    assert len(set(authors)) == 2


def test_replies_can_be_read_by_a_nine_year_old():
    assert max(reply.reading_age for reply in Reply.objects.all()) <= partnership().reading_age


def test_the_next_board_cannot_go_out_before_a_child_is_heard():
    clerk = personas.person("clerk")
    clerk.acting_for, clerk.strong = clerk.posts.get(), True
    coming = Meeting.objects.filter(body__slug="cspb", on__gt=clock.today()).earliest("on")
    with pytest.raises(governance.NoVoice):
        governance.publish_agenda(meeting=coming, by=clerk)
    heard = coming.body.items.filter(state="proposed", kind="voice").first()
    governance.accept_item(item=heard, meeting=coming, by=clerk)
    governance.publish_agenda(meeting=coming, by=clerk)
    assert coming.state == "published"


def test_young_people_sit_by_pseudonym_or_count():
    assert not User.objects.filter(is_young=True).exists()
    young = Appointment.objects.filter(seat__body__kind=Body.Kind.YOUNG, post=None)
    assert {one.permission_note == "" for one in young.exclude(open_office="")} == {False}
    names = {person.name for person in User.objects.all()}
    assert not names & set(young.values_list("pseudonym", flat=True))


def test_papers_are_tagged_pdfs():
    papers = Paper.objects.all()
    # What a session gives out stands behind no agenda item.
    given_out = {told["paper"] for told in read("sessions", "session") if "paper" in told}
    behind_items = {told["key"] for told in read("papers", "paper")} - given_out
    assert papers.count() == len(behind_items)
    for paper in papers:
        with paper.file.open() as kept:
            pdf = kept.read()
        assert pdf.startswith(b"%PDF-")
        assert b"StructTreeRoot" in pdf
    assert papers.filter(restricted=True).count() == 1


def test_a_meeting_of_too_few_recommends():
    few = Meeting.objects.get(quorate=False)
    assert few.quorum_note
    assert {decision.outcome for decision in Decision.objects.filter(item__meeting=few)} == {
        Decision.Outcome.RECOMMENDED
    }


def test_decisions_are_numbered_without_gaps():
    for body, year, closed in set(
        Decision.objects.values_list("body", "year", "closed_series").order_by()
    ):
        places = Decision.objects.filter(body=body, year=year, closed_series=closed)
        numbers = sorted(places.values_list("place", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_visitors_find_three_codes_that_open_threads():
    left = json.loads((settings.DATA / "demo-threads.json").read_text())
    assert left == personas.young_links()
    opened = [permissions.voice_by_code(link["code"]) for link in left]
    assert [voice.speaker for voice in opened] == ["young_person", "young_person", "parent"]
    waiting, asked, tabled = (voice.issues.get() for voice in opened)
    assert (waiting.state, tabled.state) == ("replied", "tabled")
    assert not waiting.reply.judgements.filter(voice=opened[0]).exists()
    assert asked.questions.count() == 1
    assert asked.grouped.get(voice=opened[1]).agrees is None


def test_nobody_but_the_clock_comes_from_the_future():
    for model, field in ((Voice, "recorded_at"), (Issue, "at"), (Reply, "sent_at")):
        assert not model.objects.filter(**{f"{field}__gt": clock.now()}).exists()


def test_what_waits_has_come_lately():
    """Somebody works here: words are read and proposals placed in their time, but for a few."""
    worker, clerk = (personas.ensure()[key] for key in ("worker", "clerk"))
    for person in (worker, clerk):
        person.acting_for, person.strong = person.posts.get(), True
    unread = permissions.visible_voices(worker).filter(state=states.WAITING)
    proposed = visible_items(clerk).filter(state=PROPOSED).exclude(kind=AgendaItem.Kind.MINUTES)
    now = clock.now()
    assert [one.words for one in unread if (now - one.recorded_at).days > 14] == []
    # What the Board owes children waits for whoever plays its clerk, before its next meeting.
    others = proposed.exclude(body__short_name="CSPB")
    assert [one.title for one in others if (now - one.proposed_at).days > 14] == []
    assert [one.title for one in proposed if (now - one.proposed_at).days > 45] == []
    assert all(1 <= waiting.count() <= 5 for waiting in (unread, proposed))


# ------------------------------------------------------------------ the Network


def test_two_sessions_of_record_stand_as_they_were_announced():
    for words, day in (("Cyber-crime", date(2020, 9, 16)), ("Gypsy, Roma", date(2020, 1, 30))):
        session = Session.objects.get(title__startswith=words)
        opens, begins, ends = (
            timezone.localtime(at).strftime("%H.%M")
            for at in (session.opens_at, session.begins_at, session.ends_at)
        )
        assert (session.on, opens, begins, ends) == (day, "11.45", "12.00", "13.00")
        assert (session.state, bool(session.source)) == (events.CLOSED, True)


def test_sessions_come_are_full_and_are_just_over():
    coming = Session.objects.coming().filter(state=events.OPEN)
    assert coming.filter(series__slug="lunchtime").count() >= 3
    full = [one for one in coming.with_queue() if one.places_left == 0]
    assert len(full) == 1
    assert full[0].bookings.filter(state="waiting").exists()
    held = Session.objects.get(state=events.HELD)
    assert timedelta(0) < clock.today() - held.on <= timedelta(days=5), "the last working day"
    assert held.attendance_files.filter(state=events.READ).exists()
    assert Evaluation.objects.filter(booking__session__state=events.CLOSED).exists()


def test_sixty_bulletins_went_out_and_this_weeks_waits_for_its_editor():
    sent = Edition.objects.sent()
    assert (sent.count(), len({one.week for one in sent})) == (60, 60)
    assert min((a.week - b.week).days for a, b in pairwise(sent)) == 7
    this = Edition.objects.get(state=bulletin.DRAFT)
    assert this.entries.standing().count() >= 5
    assert Item.objects.filter(state=bulletin.SUBMITTED).count() >= 2


def test_three_hundred_members_of_ninety_organisations_are_found_by_what_they_do():
    assert Profile.objects.count() >= 300
    known = Organisation.objects.exclude(sector=Organisation.Sector.NETWORK)
    assert known.count() >= 90
    assert not known.filter(areas=None).exists()
    assert Membership.objects.current().count() >= 10
    asker = personas.person("two_posts")
    asker.acting_for = asker.posts_now[0]
    members = network.visible_members(asker)
    found = network.members_matching(members, "Who does young carers in Radcliffe?")
    assert 0 < found.count() < members.count()
    assert network.members_placed(members, forum="voluntary-young").exists()


def test_a_childminder_has_said_yes_herself_and_a_school_has_not_been_asked():
    kinds = {}
    for key in ("childminder", "practitioner"):
        mine = Subscription.objects.get(person=personas.person(key))
        kinds[key] = (mine.kind, mine.state, mine.basis)
    assert kinds == {
        "childminder": ("individual", bulletin.LIVE, "consent"),
        "practitioner": ("corporate", bulletin.LIVE, "consent"),
    }


def test_the_invented_agencies_go_on_to_speak_for_their_people_and_for_nobody_who_was_ended():
    assert answer_for_the_lapsed() == 0
    there = Confirmation.objects.order_by("pk")
    lapsed, ended = there[0], there[1]
    long_ago, today = clock.now() - timedelta(days=200), clock.today()
    with identity.as_system("test"), transaction.atomic():
        for one, until in ((lapsed, 110), (ended, 201)):
            Confirmation.objects.filter(pk=one.pk).update(
                until=today - timedelta(days=until), said_at=long_ago
            )
        assert answer_for_the_lapsed() == 1
        lapsed.refresh_from_db()
        ended.refresh_from_db()
        assert (lapsed.until > today, ended.until < today) == (True, True)
        transaction.set_rollback(True)
