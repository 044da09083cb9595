"""After a visit: words, numbers, contacts and notes; who may keep them, who reads them."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import (
    ChildsWords,
    Contact,
    Level,
    Oversight,
    ParentsWords,
    Scale,
)
from saidanddone.mail.models import Letter
from tests.factories.earlyhelp import as_, child_of, make_family, make_worker
from tests.factories.people import act, make_post, sign_in

pytestmark = pytest.mark.django_db
TOMORROW = (clock.today() + timedelta(days=1)).isoformat()


@pytest.fixture
def family():
    made = make_family()
    with as_(made.lead):
        made.kit, made.mother = child_of(made.story), child_of(made.story, "Marta Invented")
    return made


def forms(family):
    """Each page with what is typed there, and what it leaves."""
    kit, mother = str(family.kit.pk), str(family.mother.pk)
    return {
        "words-record": (ChildsWords, {
            "child": kit, "words": "I dont like the nite", "audience": "team", "how": "a walk",
            "said_on": "today",
        }),
        "parents-words-record": (ParentsWords, {
            "member": mother, "words": "I am tired", "how": "tea", "said_on": "today",
        }),
        "level-judge": (Level, {"child": kit, "level": "3", "why": "Several things at once"}),
        "scale-note": (Scale, {"member": mother, "score": "4", "words": "better"}),
        "contact-keep": (Contact, {
            "kind": "visit", "who": [kit], "what": "Played outside", "seen_alone": "on",
            "on": "today",
        }),
    }  # fmt: skip


def everything(model):
    with identity.as_system("test"):
        return list(model.objects.all())


def test_the_team_keeps_each_once_and_it_stands_in_the_story(client, family):
    sign_in(client, family.member)
    for name, (model, typed) in forms(family).items():
        address = reverse(name, args=[family.story.pk])
        assert client.get(address).status_code == 200
        sent = typed if name == "level-judge" else typed | {"once": str(uuid.uuid4())}
        for _ in range(1 if name == "level-judge" else 2):
            assert client.post(address, sent).status_code == 302, name
        assert len(everything(model)) == 1, name
    page = client.get(reverse("story", args=[family.story.pk])).text
    for words in ("I dont like the nite", "I am tired", "Level 3"):
        assert words in page
    (contact,) = everything(Contact)
    assert (contact.child_seen, contact.seen_alone) == (True, True)
    assert everything(Scale)[0].moment == "before"
    assert Line.objects.filter(verb="keep_contact").count() == 1


def test_what_happened_when_puts_itself_together(client, family):
    sign_in(client, family.member)
    for name, (_, typed) in forms(family).items():
        client.post(reverse(name, args=[family.story.pk]), typed)
    page = client.get(reverse("story-chronology", args=[family.story.pk])).text
    for words in ("I dont like the nite", "I am tired", "Played outside", "You may talk to school"):
        assert words in page
    page = client.get(reverse("story-own-part", args=[family.story.pk])).text
    assert "Played outside" in page
    assert "I am tired" not in page
    sign_in(client, family.lead)
    assert (
        "Played outside" not in client.get(reverse("story-own-part", args=[family.story.pk])).text
    )


@pytest.mark.parametrize(
    ("name", "over", "sentence"),
    [
        ("contact-keep", {"who": []}, "tick which"),
        ("contact-keep", {"on": TOMORROW}, "still to come"),
        ("words-record", {"audience": ""}, "Choose"),
        ("level-judge", {"why": ""}, "Why"),
    ],
)
def test_nothing_typed_is_lost_by_a_refusal(client, family, name, over, sentence):
    sign_in(client, family.member)
    model, typed = forms(family)[name]
    page = client.post(reverse(name, args=[family.story.pk]), typed | over)
    assert page.status_code == 422
    assert sentence in page.text
    kept = typed.get("what") or typed.get("words") or typed["child"]
    assert kept in page.text
    assert everything(model) == []


def test_a_supervisor_keeps_a_note_that_lead_reads_and_member_does_not(client, family):
    address = reverse("oversight-note", args=[family.story.pk])
    sign_in(client, family.supervisor)
    sent = {"words": "Talked of the nights", "to_do": "Ask the GP", "once": str(uuid.uuid4())}
    before = len(everything(Letter))
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert len(everything(Oversight)) == 1
    assert len(everything(Letter)) == before + 1
    chronology = reverse("story-chronology", args=[family.story.pk])
    sign_in(client, family.lead)
    assert "Talked of the nights" in client.get(chronology).text
    assert client.get(address).status_code == 403
    sign_in(client, family.member)
    assert "Talked of the nights" not in client.get(chronology).text
    assert client.get(address).status_code == 404


def test_only_the_worker_hears_what_a_child_said_to_them_alone(client, family):
    with as_(family.member):
        verbs.record_childs_words(
            story=family.story, child=family.kit, words="Our secret", audience="worker",
            how="a walk", by=family.member,
        )  # fmt: skip
    for name in ("story", "story-chronology"):
        address = reverse(name, args=[family.story.pk])
        sign_in(client, family.member)
        assert "Our secret" in client.get(address).text
        sign_in(client, family.lead)
        assert "Our secret" not in client.get(address).text


def test_words_and_contacts_are_of_this_family_s_people(family):
    other = make_family()
    with as_(other.lead):
        theirs = child_of(other.story)
    by, story = family.member, family.story
    with as_(by):
        with pytest.raises(ValueError, match="this family"):
            verbs.keep_contact(story=story, who=[theirs], kind="call", what="x", by=by)
        with pytest.raises(ValueError, match="this family"):
            verbs.note_scale(story=story, score=3, member=theirs, by=by)
        with pytest.raises(ValueError, match="grown-up"):
            verbs.record_parents_words(
                story=story, member=family.kit, words="x", how="x", by=by
            )  # fmt: skip
    with as_(other.lead), pytest.raises(Refused):
        verbs.keep_contact(story=story, who=[], kind="call", what="x", by=other.lead)
    with as_(family.supervisor), pytest.raises(Refused):
        verbs.note_scale(story=story, score=3, by=family.supervisor)


@pytest.mark.parametrize("who", ["stranger", "parent", "administrator"])
def test_others_find_nothing_there(client, family, who):
    people = {"stranger": make_worker, "administrator": lambda: act(make_post("administrator"))}
    sign_in(client, people[who]() if who in people else getattr(family, who))
    for name in [*forms(family), "oversight-note", "story-chronology", "story-own-part"]:
        there = client.get(reverse(name, args=[family.story.pk]))
        nowhere = client.get(reverse(name, args=[uuid.UUID(int=7)]))
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content), name
