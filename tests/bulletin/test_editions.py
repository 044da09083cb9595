"""An edition puts itself together, is put in order, seen by a second person, stopped, sent once."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.utils import timezone

from saidanddone.bulletin import emails, jobs, permissions, states, verbs
from saidanddone.bulletin.models import Edition, Entry
from saidanddone.bulletin.models.editions import monday_of
from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.events import permissions as events
from saidanddone.events import states as sessions_are
from saidanddone.home.views.my_day import waiting
from saidanddone.library import permissions as library
from saidanddone.mail.models import Letter
from tests.factories import issues
from tests.factories.bulletin import (
    make_edition,
    make_entry,
    make_item,
    make_section,
    make_sent,
    make_subscription,
    make_taken,
)
from tests.factories.events import make_session
from tests.factories.library import make_document
from tests.factories.participation import make_public_voice
from tests.factories.people import acting, sign_in
from tests.factories.reference import make_partnership, make_topic

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def editor():
    """Somebody who puts it together."""
    return acting("bulletin_editor")


@pytest.fixture
def second():
    """Somebody else who may let it go."""
    return acting("clerk")


def compiled(by):
    """This week's, from all there is."""
    return verbs.compile_edition(week=verbs.week_to_come(), by=by)


def test_it_puts_itself_together_from_what_is_new(editor):
    replies = make_section(name="Said by children", takes="replies")
    help_for = make_section(name="Help for families")
    issue = issues.make_replied(voices=[make_public_voice(words="The bus is late again")])
    item = make_taken(section=help_for)
    make_item(title="Nobody has read this")
    make_taken(title="Over", expires_on=clock.today() - timedelta(days=1))
    edition = compiled(editor)
    found = {entry.key: entry for entry in edition.entries.all()}
    assert set(found) == {f"item:{item.pk}", f"reply:{issue.reply_id}"}
    reply = found[f"reply:{issue.reply_id}"]
    assert (reply.section, found[f"item:{item.pk}"].section) == (replies, help_for)
    assert reply.path == f"/you-said-we-did/{issue.pk}/"
    assert "The bus is late again" not in reply.words, "a letter cannot be taken back; words can"


def test_the_same_news_stands_in_one_bulletin_only(editor):
    issues.make_replied(voices=[make_public_voice()])
    first = compiled(editor)
    assert first.entries.count() == 1
    assert verbs.add_news(edition=first, by=editor) == 0
    later = verbs.compile_edition(week=first.week + timedelta(days=7), by=editor)
    assert later.entries.count() == 0


def test_pressed_twice_or_by_two_is_one_edition(editor, second):
    assert compiled(editor) == compiled(second)
    assert Edition.objects.count() == 1


def test_an_item_left_out_comes_again_next_week(editor):
    make_taken()
    first = compiled(editor)
    verbs.leave_entry_out(entry=first.entries.get(), by=editor)
    later = verbs.compile_edition(week=first.week + timedelta(days=7), by=editor)
    assert later.entries.count() == 1


@pytest.mark.parametrize(("day", "week"), [(0, 0), (4, 0), (6, 7)])
def test_after_its_hour_the_next_weeks_is_begun(day, week):
    with clock.stand_at(MONDAY + timedelta(days=day) - timedelta(hours=2)):
        assert verbs.week_to_come() == MONDAY.date() + timedelta(days=week)


def test_order_within_its_places(editor):
    edition = make_edition()
    a, b, c = (make_entry(edition) for _ in range(3))
    verbs.arrange_edition(edition=edition, order=[c.pk, a.pk], by=editor)
    assert [one.pk for one in edition.entries.standing()] == [c.pk, b.pk, a.pk]


def test_by_buttons_and_by_dragging(client, editor):
    edition = make_edition()
    a, b, c = (make_entry(edition) for _ in range(3))
    sign_in(client, editor.acting_for)
    path = f"/bulletin/editions/{edition.pk}/order/"
    client.post(path, {"move": f"{c.pk}:up"})
    assert [one.pk for one in edition.entries.standing()] == [a.pk, c.pk, b.pk]
    client.post(path, {"order": f"{b.pk},{a.pk},{c.pk},99999,x"})
    assert [one.pk for one in edition.entries.standing()] == [b.pk, a.pk, c.pk]
    client.post(path, {"move": "nonsense"})
    assert [one.pk for one in edition.entries.standing()] == [b.pk, a.pk, c.pk]


def test_an_opening_with_something_to_fix_keeps_what_was_typed(client, editor):
    edition = make_edition()
    sign_in(client, editor)
    typed = {"title": "", "opening": "Good morning, everybody."}
    answer = client.post(f"/bulletin/editions/{edition.pk}/opening/", typed)
    assert answer.status_code == 422
    assert "Good morning, everybody." in answer.content.decode()
    edition.refresh_from_db()
    assert edition.opening == ""


def test_a_second_person_lets_it_go(editor, second):
    edition = make_edition()
    make_entry(edition)
    verbs.hand_edition_on(edition=edition, by=editor)
    assert Letter.objects.filter(address=second.email, wording__kind="edition_waits").exists()
    assert not Letter.objects.filter(address=editor.email).exists()
    with pytest.raises(Refused):
        verbs.approve_edition(edition=edition, by=editor)
    shown = {one: {row.href for row in waiting(one)} for one in (editor, second)}
    assert shown[second] - shown[editor] == {f"/bulletin/editions/{edition.pk}/"}
    verbs.approve_edition(edition=edition, by=second)
    assert edition.state == states.SCHEDULED
    assert edition.send_at >= clock.now() - timedelta(seconds=1)


def test_by_setting_it_waits_and_can_be_stopped(editor, second):
    make_partnership(bulletin_approved=False, bulletin_at=time(0), bulletin_day=0)
    edition = make_edition()
    make_entry(edition)
    verbs.hand_edition_on(edition=edition, by=editor)
    wait = edition.send_at - clock.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)
    assert jobs.send_due() == 0
    verbs.stop_edition(edition=edition, by=second)
    with clock.stand_at(clock.now() + timedelta(days=10)):
        assert jobs.send_due() == 0
    assert edition.state == states.DRAFT


def test_an_empty_one_is_not_handed_on(editor):
    with pytest.raises(Refused):
        verbs.hand_edition_on(edition=make_edition(), by=editor)


def scheduled(**over):
    """One whose hour has come."""
    given = {
        "state": states.SCHEDULED, "send_at": clock.now(), "handed_on_at": clock.now(),
        "handed_on_by": acting("bulletin_editor"),
    } | over  # fmt: skip
    return make_edition(**given)


def test_each_gets_what_they_chose_and_what_is_for_everybody():
    bikes, sleep = make_topic(), make_topic()
    edition = scheduled()
    make_entry(edition, title="For everybody")
    make_entry(edition, title="About bikes", topics=[bikes])
    make_entry(edition, title="About sleep", topics=[sleep])
    chosen = {"all": make_subscription(), "bikes": make_subscription(topics=[bikes])}
    assert jobs.send_due() == 1
    for name, wanted in {
        "all": {"everybody", "bikes", "sleep"},
        "bikes": {"everybody", "bikes"},
    }.items():
        letter = Letter.objects.get(address=chosen[name].address)
        for word in ("everybody", "bikes", "sleep"):
            assert (word in letter.wording.text) is (word in wanted)
            assert (word in letter.wording.html) is (word in wanted)
        assert letter.bulk


def test_it_is_sent_once_whatever_happens():
    edition = scheduled()
    item = make_taken()
    make_entry(edition, item=item)
    make_subscription()
    again = Edition.objects.get(pk=edition.pk)
    assert verbs.send_edition(edition=edition, by=jobs.BULLETIN) == 1
    with pytest.raises(Moved):
        verbs.send_edition(edition=again, by=jobs.BULLETIN)
    assert jobs.send_due() == 0
    assert Letter.objects.filter(wording__about=emails.about(edition)).count() == 1
    item.refresh_from_db()
    assert item.state == states.PRINTED


def test_what_was_taken_back_since_does_not_go_out():
    edition = scheduled()
    reader = make_subscription()
    for kind, record, kept in [
        ("document", make_document(title="Still public"), True),
        ("document", make_document(title="Shut since", restricted=True), False),
        ("session", make_session(title="Still held"), True),
        ("session", make_session(sessions_are.CANCELLED, title="Called off"), False),
    ]:
        number = f"{record.pk}:1" if kind == "document" else record.pk
        make_entry(edition, kind=kind, key=f"{kind}:{number}", path="/", title=record.title)
        assert (record in PUBLIC[kind]()) is kept
    make_entry(edition, title="Not taken after all", item=make_item())
    verbs.send_edition(edition=edition, by=jobs.BULLETIN)
    words = Letter.objects.get(address=reader.address).wording.text
    for title in ("Still public", "Still held"):
        assert title in words
    for title in ("Shut since", "Called off", "Not taken after all"):
        assert title not in words


PUBLIC = {
    "document": lambda: library.visible_documents(AnonymousUser()),
    "session": lambda: events.visible_sessions(AnonymousUser()).exclude(state="cancelled"),
}


def test_ten_readers_and_a_thousand_cost_the_same_queries(django_assert_max_num_queries):
    edition = scheduled()
    make_entry(edition)
    for _ in range(12):
        make_subscription()
    with django_assert_max_num_queries(24):
        verbs.send_edition(edition=edition, by=jobs.BULLETIN)


EDITION_TABLE = {
    states.DRAFT: (permissions.OF_EDITORS - {"stop_edition"}, set()),
    states.READY: ({"stop_edition"}, {"approve_edition"}),
    states.SCHEDULED: ({"stop_edition"}, set()),
    states.SENT: (set(), set()),
}


@pytest.mark.parametrize("state", EDITION_TABLE)
def test_who_may_do_what_to_an_edition(state, editor, second):
    edition = Edition(number=1, week=monday_of(clock.today()), state=state, handed_on_by=editor)
    own, beside = EDITION_TABLE[state]
    assert permissions.edition_verbs(editor, edition) == own
    assert permissions.edition_verbs(second, edition) == own | beside
    for role in ("practitioner", "officer", "administrator", "subscriber"):
        assert permissions.edition_verbs(acting(role), edition) == set()
    assert permissions.edition_verbs(None, edition) == set()


def test_what_is_not_sent_is_nobody_elses(client):
    draft = make_edition(title="Not yet")
    make_entry(draft, title="Half written")
    for path in (
        f"/bulletin/{draft.number}/",
        "/bulletin/",
        "/bulletin/feed/",
        "/bulletin/?q=half",
    ):
        caches["pages"].clear()
        assert "Half written" not in client.get(path).content.decode()
    sign_in(client, acting("officer").acting_for)
    for path in ("", "preview/", "preview/letter/", "preview/page/"):
        assert client.get(f"/bulletin/editions/{draft.pk}/{path}").status_code == 403


def test_the_archive_is_found_and_kept_at_its_address(client):
    edition = make_sent(title="Warm rooms")
    make_entry(edition, title="Free suppers", words="Every Friday for children in Radcliffe.")
    make_entry(edition, title="Left", words="suppers", left_out=True)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Free suppers" in page
    assert "Left" not in page.replace("Left behind", "")
    found = client.get("/bulletin/?q=child").content.decode()
    assert "Free suppers" in found
    assert "1 thing found" in found
    assert "No bulletin has these words" in client.get("/bulletin/?q=zebra").content.decode()
    assert "Free suppers" in client.get("/bulletin/feed/").content.decode()


def test_the_editor_needs_few_requests(client, editor, second):
    """From a new week to a scheduled bulletin, when nothing needs rewording."""
    for _ in range(3):
        make_item()
    sign_in(client, editor.acting_for)
    asked = []

    def go(method, path, told=None):
        asked.append(path)
        return getattr(client, method)(path, told or {})

    go("get", "/bulletin/desk/")
    ticked = [item.pk for item in permissions.visible_items(editor)]
    go("get", go("post", "/bulletin/desk/accept/", {"item": ticked}).url)
    here = go("post", "/bulletin/editions/compile/").url
    go("get", here)
    last = Entry.objects.order_by("-place").first()
    go("get", go("post", f"{here}order/", {"move": f"{last.pk}:up"}).url)
    go("get", f"{here}preview/")
    go("get", go("post", f"{here}hand-on/").url)
    assert len(asked) <= 12
    sign_in(client, second.acting_for)
    client.post(f"{here}approve/")
    assert Edition.objects.get().state == states.SCHEDULED


def test_its_pages_ask_little(client, editor, django_assert_max_num_queries):
    edition = make_edition()
    for _ in range(8):
        make_entry(edition, item=make_taken())
    sign_in(client, editor.acting_for)
    client.get("/bulletin/desk/")
    for path in ("/bulletin/desk/", f"/bulletin/editions/{edition.pk}/"):
        with django_assert_max_num_queries(9):
            assert client.get(path).status_code == 200
