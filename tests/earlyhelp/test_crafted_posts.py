"""Posts crafted from inside a family's team and from its own door, to every address of a story.

Every form is filled in by somebody who knows all of it, and sent by each of those round the family:
what they may do happens in their own name, nothing else does, and no other family is ever touched.
"""

import uuid
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.earlyhelp.crafting import (
    Twins,
    again,
    filled_in,
    forms_made,
    hands,
    rows,
    strange,
    undone,
    watched,
)
from tests.earlyhelp.marked import make_marked
from tests.earlyhelp.test_two_families import addresses, keys_of
from tests.factories.earlyhelp import make_coordinator
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
AT_HOME = {"parent", "other", "young"}
OF_WORDS = {
    "words-record", "drawing-keep", "parents-words-record", "level-judge", "scale-note",
    "contact-keep", "goal-add", "step-add",
}  # fmt: skip
OF_GUARDS = {"story-seal", "seal-review"}
OF_ONESELF = {
    "our-story-plan", "our-story-words", "our-story-score", "our-story-closing",
}  # fmt: skip
# What a post of each, with every field filled in well, changes in this family; all else is refused.
DOES = {
    "lead": OF_WORDS | OF_GUARDS | {
        "agreement-record", "agreement-withdraw", "share-record", "team-invite", "story-hand-over",
        "stand-in", "team-leave", "section-save", "goal-drop", "step-done", "plan-answer",
        "review-hold", "review-plan", "story-pause", "step-up", "family-member-add",
        "family-member", "address-keep", "story-doors", "story-door-shut",
    },
    "supervisor": OF_GUARDS | {"oversight-note", "close-answer", "stand-in"},
    "member": OF_WORDS | {"section-save", "section-settle", "team-leave"},
    "coordinator": {"stand-in"},
    "parent": OF_ONESELF | {"our-story-step", "our-story-agreement", "our-story-stop"},
    "young": OF_ONESELF | {"our-story-draw", "our-story-widen"},
}  # fmt: skip
MARKED = {
    "words-record", "goal-add", "team-invite", "review-hold", "our-story-words", "our-story-plan",
}  # fmt: skip
OF_PEOPLE = {"member_id", "child_id"}  # a worker writes down what these said
ANSWERS = {200, 302, 403, 404, 409, 422}


@pytest.fixture
def home():
    family = make_marked("a")
    family.coordinator = make_coordinator()
    family.elsewhere = make_marked("b")
    return family


def entered(home, who):
    """A browser in which this one is signed in as surely as can be, also at the family's own door."""
    person, client = getattr(home, who), Client(raise_request_exception=False)
    sign_in(client, person.acting_for or person, strong=True)
    return client


def paths_of(home, **over):
    """The addresses of one story, by their names."""
    keys = keys_of(home) | over
    return {name: path for name, path in addresses(keys) if str(keys["pk"]) in path}


def forms_of(home, monkeypatch):
    """By address what fills in its forms, as those see them who may; what only shows is left out."""
    sent, paths = {}, paths_of(home)
    at_work = {name for name in paths if not name.startswith("our-story")}
    for who, names in {
        "lead": at_work, "supervisor": {"oversight-note", "story-authorise", "close-answer"},
        "member": {"section-settle"}, "parent": set(paths) - at_work,
        "young": {"our-story-words", "our-story-draw", "our-story-widen"},
    }.items():  # fmt: skip
        client = entered(home, who)
        for name in names:
            with undone(), forms_made(monkeypatch) as made:
                answer = client.post(paths[name], {"purpose": ""})
            if answer.status_code != 405:
                sent.setdefault(name, {}).update(filled_in(made))
    return sent | by_hand(home, sent)


def by_hand(home, sent):
    """What no form says by itself."""
    texts = {"strengths": "Crafted", "worries": "", "needs": "", "once": str(uuid.uuid4())}
    return {
        "section-save": texts | {"seen": "1"},
        "section-settle": {"choice": "take", "seen": "1"},
        "story-seal": sent["story-seal"] | {"subject": "", "readers": [str(home.member.pk)]},
        "story-doors": {"who": str(home.people["girl"].pk)},
        "story-door-shut": {"who": str(home.people["mother"].pk)},
    }


@pytest.fixture
def attack(home, monkeypatch):
    """What is known before: forms, addresses, numbers, and every row of both families."""
    return SimpleNamespace(
        home=home, sent=forms_of(home, monkeypatch), twins=Twins(home, home.elsewhere),
        here=paths_of(home), there=paths_of(home.elsewhere), before=rows(),
    )  # fmt: skip


def posted(attack, client, path, sent):
    """What a post changes; whatever it is, it is answered, and no other family is touched by it."""
    with watched() as written:
        answer = client.post(path, again(sent))
    assert answer.status_code in ANSWERS, (path, answer.status_code)
    before = {one for one in attack.before if one[0] in written}
    changed = rows(written) ^ before if written else set()
    assert not strange(changed, attack.twins), path
    return changed


def test_nobody_round_a_family_does_what_is_not_theirs_and_nothing_to_another_family(attack):
    """Three attacks on the same two families, which are slow to tell."""
    all_else_is_refused(attack)
    numbers_of_another_family(attack)
    marks_of_another_form(attack)


def all_else_is_refused(attack):
    """With the names, numbers and posts of others sent along: nobody does anything as somebody else."""
    home = attack.home
    others = {
        "member": home.people["father"].pk, "child": home.people["girl"].pk, "by": home.quiet.pk,
        "person": home.quiet.pk, "post": home.quiet.acting_for.pk, "story": home.elsewhere.story.pk,
        "gathered_by": home.quiet.acting_for.pk, "recorded_by": home.quiet.acting_for.pk,
        "family": home.elsewhere.story.family_id, "part": "lead", "state": "closed",
    }  # fmt: skip
    for who, does in DOES.items():
        client, did, own = entered(home, who), set(), own_numbers(home, who)
        for name, sent in attack.sent.items():
            with undone():
                changed = posted(attack, client, attack.here[name], others | sent)
            did |= {name} if changed else set()
            for hand in hands(changed, attack.before):
                told_by_others = who not in AT_HOME and hand[1] in OF_PEOPLE
                assert told_by_others or hand[2] in own, (who, name, hand)
        assert did == does, who


def own_numbers(home, who):
    """By what somebody is named who did a thing themselves."""
    if who not in AT_HOME:
        return {getattr(home, who).acting_for.pk}
    team = {one.acting_for.pk for one in (home.lead, home.member)}
    member = str(home.people[{"parent": "mother", "young": "boy"}[who]].pk)
    # "Just my worker" names whom of their team the young person chose.
    return {member, *team} if who == "young" else {member}


def numbers_of_another_family(attack):
    """In a form and in an address nothing of theirs is touched."""
    home, mixed = attack.home, paths_of(attack.home, **others_keys(attack.home))
    for who in ("lead", "member", "parent", "young"):
        client = entered(home, who)
        for name in sorted(DOES[who]):
            theirs = attack.twins.swapped(attack.sent[name])
            with undone():
                posted(attack, client, attack.here[name], theirs)
            if mixed[name] != attack.here[name]:
                with undone():
                    assert not posted(attack, client, mixed[name], attack.sent[name]), (who, name)


def others_keys(home):
    """What an address holds beside the story: of the other family."""
    return keys_of(home.elsewhere) | {"pk": home.story.pk}


def marks_of_another_form(attack):
    """Sent already in a family whose rows one sees not: nothing changes, and it is told calmly."""
    home = attack.home
    for who in ("lead", "parent"):
        client, first = entered(home, who), entered(home.elsewhere, who)
        for name in sorted(DOES[who] & MARKED):
            mark = {"once": str(uuid.uuid4())}
            with undone():
                first.post(
                    attack.there[name], again(attack.twins.swapped(attack.sent[name])) | mark
                )
                kept = rows()
                answer = client.post(attack.here[name], again(attack.sent[name]) | mark)
                assert answer.status_code in {302, 409}, name
                assert answer.status_code == 302 or rows() == kept, name
                assert "no-store" in answer.headers["Cache-Control"], name
