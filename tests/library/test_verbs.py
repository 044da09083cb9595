"""Each deed in the library: it does, it refuses, it records."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.files import FileRefused
from saidanddone.core.finding import asked
from saidanddone.core.texts import Words
from saidanddone.library import states, verbs
from saidanddone.library.models import Document, Sibling, Version
from saidanddone.mail.models import Wording
from tests.factories.library import PDF, make_document, make_sibling, make_version
from tests.factories.people import act, acting, make_organisation, make_post
from tests.factories.reference import make_topic

pytestmark = pytest.mark.django_db
SOON = clock.today() + timedelta(days=100)


def pdf(name="plan.pdf"):
    """A small file."""
    return SimpleUploadedFile(name, PDF)


def fresh(record):
    """The record as the database has it now."""
    return type(record).objects.get(pk=record.pk)


def finds(words):
    """The titles that search finds."""
    found = Document.objects.listed().about(asked(words))
    return sorted(found.values_list("title", flat=True))


# ------------------------------------------------------------------ documents


def test_a_document_is_added_with_its_first_version(clerk, lines):
    topic, owner = make_topic(), make_post("officer")
    made = verbs.add_document(
        title="Early Help Strategy", kind="strategy", owner=owner, topics=[topic], upload=pdf(),
        approved_by="The Board", approved_on=date(2021, 4, 13), by=clerk,
    )  # fmt: skip
    version = made.versions.get()
    assert (made.slug, made.state, made.current) == ("early-help-strategy", states.DRAFT, None)
    assert (version.number, version.state, version.precision) == (1, states.DRAFT, "day")
    assert list(made.topics.all()) == [topic]
    assert [verb for _, verb in lines()] == ["add_document", "add_version"]


def test_only_the_clerk_adds_one():
    for who in (acting("officer"), acting("administrator"), acting("clerk", strong=False)):
        with pytest.raises(Refused):
            verbs.add_document(title="X", kind="plan", owner=make_post(), by=who)


def test_the_same_form_twice_makes_one(clerk):
    given = {"title": "Plan", "kind": "plan", "owner": make_post(), "once": uuid.uuid4()}
    first = verbs.add_document(**given, by=clerk)
    assert verbs.add_document(**given, by=clerk) == first
    assert Document.objects.count() == 1


def test_a_file_that_is_refused_leaves_nothing_behind(clerk):
    with pytest.raises(FileRefused):
        verbs.add_document(
            title="Plan", kind="plan", owner=make_post(), upload=ContentFile(b"", "a.pdf"), by=clerk
        )
    assert Document.objects.count() == 0


def test_addresses_are_free_and_say_nothing_of_what_is_restricted(clerk):
    given = {"kind": "plan", "owner": make_post(), "by": clerk}
    slugs = [verbs.add_document(title="New", **given).slug for _ in "abc"]
    assert slugs == ["new-2", "new-3", "new-4"]  # /library/new/ is a page of its own
    closed = verbs.add_document(
        title="Secret family", restricted=True, restricted_why="One family", **given
    )
    assert closed.slug.startswith("paper-")
    assert verbs.add_document(title="!!", **given).slug == "paper"


def test_publishing_lets_everybody_find_it(clerk, lines):
    document = make_document(states.DRAFT, title="Bus plan", text="Wheelchairs come first.")
    assert finds("wheelchair") == []
    verbs.publish_document(document=document, review_on=SOON, by=clerk)
    document = fresh(document)
    assert document.state == states.PUBLISHED
    assert document.current.state == states.PUBLISHED
    assert (document.current.published_by, document.review_on) == (clerk, SOON)
    assert finds("wheelchair") == ["Bus plan"]
    assert lines() == [(f"person:{clerk.pk}", "publish_document")]


def test_nothing_is_published_without_a_version(clerk):
    empty = verbs.add_document(title="Empty", kind="plan", owner=make_post(), by=clerk)
    with pytest.raises(ValueError, match="version"):
        verbs.publish_document(document=empty, by=clerk)


def test_changing_it_keeps_its_address_and_shuts_out_former_readers(clerk):
    reader = make_post("officer")
    document = make_document(restricted=True, readers=[reader], slug="kept")
    verbs.change_document(document=document, title="Anew", reader_posts=[], by=clerk)
    document = fresh(document)
    assert (document.title, document.slug, list(document.reader_posts.all())) == (
        "Anew",
        "kept",
        [],
    )
    assert finds("anew") == ["Anew"]


def test_a_new_review_day_begins_the_reminders_anew(clerk):
    document = make_document(reminded_on=clock.today(), lead_told_on=clock.today())
    verbs.change_document(document=document, review_on=SOON, by=clerk)
    document = fresh(document)
    assert (document.reminded_on, document.lead_told_on) == (None, None)


def test_the_owner_confirms_and_nobody_is_reminded_any_more(letters, lines):
    owner = make_post("officer")
    document = make_document(owner=owner, review_on=clock.today())
    verbs.remind_of_review(document=document, lead=False, by="system:reminders")
    assert letters() == [("review_due", owner.user.email)]
    verbs.confirm_document(document=fresh(document), until=SOON, by=act(owner))
    document = fresh(document)
    assert (document.review_on, document.confirmed_on) == (SOON, clock.today())
    assert document.reminded_on is None
    assert [verb for _, verb in lines()] == ["remind_of_review", "confirm_document"]
    with pytest.raises(Refused):
        verbs.confirm_document(document=document, until=SOON, by=acting("officer"))


def test_reminders_go_on_to_whom_the_owner_answers(letters, clerk):
    lead = make_post("officer")
    led = make_document(owner=make_post("officer", lead=lead))
    contact = make_organisation(contact_email="office@place.example")
    unled = make_document(owner=make_post("officer", organisation=contact))
    nobody = make_document()
    for document in (led, unled, nobody):
        verbs.remind_of_review(document=document, lead=True, by="system:reminders")
    assert letters() == sorted(
        [("review_late", lead.user.email), ("review_late", "office@place.example"),
         ("review_late", clerk.email)]
    )  # fmt: skip


def test_the_letters_hold_no_word_of_the_document(letters):
    document = make_document(title="CANARY", slug="paper-1", restricted=True, summary="CANARY")
    verbs.remind_of_review(document=document, lead=False, by="system:reminders")
    wording = Wording.objects.latest("pk")
    assert "CANARY" not in wording.text + wording.subject
    assert f"/library/reviews/{document.pk}/" in wording.text


def test_a_document_taken_back_is_found_no_more(clerk):
    document = make_document(title="Old plan")
    verbs.withdraw_document(document=document, why="It was never agreed", by=clerk)
    document = fresh(document)
    assert document.search is None
    assert (document.state, document.withdrawn_why) == (states.WITHDRAWN, "It was never agreed")
    assert finds("plan") == []


# ------------------------------------------------------------------ versions


def test_an_owner_brings_a_version_and_the_clerk_publishes_it(clerk, letters):
    owner = make_post("officer")
    document = make_document(owner=owner, text="Old words about pigeons.")
    version = verbs.add_version(document=document, upload=pdf(), changed="All", by=act(owner))
    assert (version.number, version.state) == (2, states.DRAFT)
    assert letters() == [("draft_waits", clerk.email)]
    with pytest.raises(Refused):
        verbs.publish_version(version=version, by=act(owner))
    verbs.keep_words(filed=version, words=Words("New words about otters.", 2), by="system:reader")
    assert finds("otters") == []  # not before it is out
    verbs.publish_version(version=fresh(version), review_on=SOON, by=clerk)
    assert fresh(document).current == version
    assert (finds("otters"), finds("pigeons")) == ([document.title], [])


def test_an_older_draft_never_takes_the_newest_ones_place(clerk):
    document = make_document()
    older, newer = make_version(document=document), make_version(document=document)
    verbs.publish_version(version=newer, by=clerk)
    verbs.publish_version(version=fresh(older), by=clerk)
    assert fresh(document).current == newer


def test_taking_back_the_newest_brings_back_the_one_before(clerk):
    document = make_document()
    first = document.current
    second = make_version(document=document)
    verbs.publish_version(version=second, by=clerk)
    verbs.withdraw_version(version=fresh(second), why="Wrong file", by=clerk)
    assert fresh(document).current == first
    with pytest.raises(verbs.OnlyVersion):
        verbs.withdraw_version(version=fresh(first), why="This too", by=clerk)
    assert fresh(first).state == states.PUBLISHED


def test_numbers_are_never_used_again(clerk):
    document = make_document()
    draft = verbs.add_version(document=document, upload=pdf(), by=clerk)
    verbs.withdraw_version(version=draft, why="Wrong", by=clerk)
    assert verbs.add_version(document=fresh(document), upload=pdf(), by=clerk).number == 3


def test_strangers_bring_nothing():
    document = make_document()
    for who in (acting("officer"), acting("participation_worker")):
        with pytest.raises(Refused):
            verbs.add_version(document=document, upload=pdf(), by=who)


# ------------------------------------------------------------------ words


def test_words_are_kept_once_and_say_what_they_are(lines):
    version = make_version(states.PUBLISHED, document=make_document())
    verbs.keep_words(filed=version, words=Words("# Aims\n\nSafe.", 3), by="system:reader")
    verbs.keep_words(filed=version, words=Words("Others", 1), by="system:reader")
    version = fresh(version)
    assert (version.reading, version.text, version.pages) == ("read", "# Aims\n\nSafe.", 3)
    assert lines() == [("system:reader", "keep_words")]


@pytest.mark.parametrize(("words", "reading"), [(None, "unreadable"), (Words(" ", 9), "no_words")])
def test_files_without_words_say_so(words, reading):
    version = make_version()
    verbs.keep_words(filed=version, words=words, by="system:reader")
    assert fresh(version).reading == reading


def test_people_do_not_write_what_a_file_says(clerk):
    with pytest.raises(Refused):
        verbs.keep_words(filed=make_version(), words=Words("Mine", 1), by=clerk)


def test_a_text_beyond_what_an_index_holds_is_found_by_its_title(clerk):
    document = make_document(states.DRAFT, title="Endless", text=" ".join(map(str, range(90_000))))
    verbs.publish_document(document=document, by=clerk)
    assert finds("endless") == ["Endless"]
    assert finds("17") == ["Endless"]


# ------------------------------------------------------------------ siblings


def test_a_sibling_has_its_own_approval_and_waits_for_the_clerk(clerk, letters):
    owner = make_post("officer")
    document = make_document(owner=owner)
    sibling = verbs.add_sibling(
        version=document.current, kind="translation", language="pl", upload=pdf(),
        approved_by="Polish parents’ group", approved_on=date(2026, 2, 1), by=act(owner),
    )  # fmt: skip
    assert (sibling.called, sibling.state) == ("In Polish", states.DRAFT)
    assert letters() == [("draft_waits", clerk.email)]
    with pytest.raises(Refused):
        verbs.publish_sibling(sibling=sibling, by=act(owner))
    verbs.publish_sibling(sibling=sibling, by=clerk)
    verbs.keep_words(filed=fresh(sibling), words=Words("Wydry i kaczki", 1), by="system:reader")
    assert finds("kaczki") == [document.title]
    verbs.withdraw_sibling(sibling=fresh(sibling), why="Mistakes", by=clerk)
    assert finds("kaczki") == []


def test_a_film_is_a_link_and_sound_is_sound(clerk):
    version = make_document().current
    film = verbs.add_sibling(version=version, kind="bsl", link="https://films.example/1", by=clerk)
    assert (film.get_absolute_url(), film.reading) == ("https://films.example/1", "no_words")
    sound = SimpleUploadedFile("a.mp3", b"ID3\x04" + b"\x00" * 60)
    heard = verbs.add_sibling(version=version, kind="audio", upload=sound, by=clerk)
    assert (heard.media_type, heard.reading) == ("audio/mpeg", "no_words")
    with pytest.raises(FileRefused):
        verbs.add_sibling(version=version, kind="audio", upload=pdf("a.mp3"), by=clerk)


def test_a_sibling_never_goes_out_before_what_it_was_made_from(clerk):
    draft = make_document(states.DRAFT).versions.get()
    sibling = make_sibling(states.DRAFT, version=draft)
    with pytest.raises(Refused):
        verbs.publish_sibling(sibling=sibling, by=clerk)
    assert Sibling.objects.get().state == states.DRAFT


def test_child_and_children_find_each_other():
    make_document(title="Plan for every child", text="One child at a time.")
    make_document(title="Strategy", text="All children, and the people around them.")
    both = ["Plan for every child", "Strategy"]
    assert finds("child") == finds("children") == both
    assert finds("person") == ["Strategy"]
    assert finds('"every child"') == ["Plan for every child"]
    assert finds("child -people") == ["Plan for every child"]


@pytest.mark.parametrize(
    "words", ["", " ", "''", "a & | ! (", '"', "\\", "%_", "child child child child"]
)
def test_nothing_that_is_typed_breaks_the_search(words):
    assert isinstance(finds(words), list)


def test_a_question_is_one_query_without_what_nobody_asked():
    assert isinstance(asked("plans"), SearchQuery)
    assert Version.objects.count() == 0
