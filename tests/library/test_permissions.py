"""Who may do what in the library: whole tables, by equality, no database."""

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.library import permissions, states
from saidanddone.library.models import Document, Practice, Sibling, Version
from saidanddone.people import roles
from tests.factories.people import unsaved

EVERY = [role.code for role in roles.HELD]
NOBODY = AnonymousUser()
SYSTEM = "system:somebody"
STATES = [states.DRAFT, states.PUBLISHED, states.WITHDRAWN]
OWNER = 7  # the post of everybody here who owns something
KEEPS = {"change_document", "add_version", "withdraw_document"}


def a_document(state=states.PUBLISHED, owner=99):
    """A document in this state, owned by that post."""
    return Document(pk=3, title="A plan", slug="a-plan", state=state, owner_id=owner)


def a_version(state=states.PUBLISHED, document=None):
    """A version in this state."""
    return Version(pk=4, number=1, state=state, document=document or a_document())


def a_sibling(state=states.PUBLISHED, version=None):
    """A sibling in this state."""
    return Sibling(pk=5, kind="easy_read", state=state, version=version or a_version())


def a_practice(state=states.WAITING, contact=99, by=99):
    """An example in this state, with that post as its contact, sent by that person."""
    return Practice(pk=6, title="Letters", state=state, contact_id=contact, submitted_by_id=by)


def somebody(code, *, strong=True):
    """A person with one role, person and post number seven."""
    return unsaved(code, strong=strong, pk=OWNER)


# ------------------------------------------------------------------ documents

OF_THE_CLERK = {
    states.DRAFT: KEEPS | {"publish_document"},
    states.PUBLISHED: KEEPS | {"confirm_document"},
    states.WITHDRAWN: set(),
}
OF_THE_OWNER = {
    states.DRAFT: {"add_version"},
    states.PUBLISHED: {"add_version", "confirm_document"},
    states.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_document_verbs_by_role_and_state(code, state):
    clerk = code == "clerk"
    user = somebody(code)
    assert permissions.document_verbs(user, None) == ({"add_document"} if clerk else set())
    expected = OF_THE_CLERK[state] if clerk else set()
    assert permissions.document_verbs(user, a_document(state)) == expected


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", [code for code in EVERY if code not in {"clerk", "subscriber"}])
def test_document_verbs_of_its_owner(code, state):
    mine = a_document(state, owner=OWNER)
    assert permissions.document_verbs(somebody(code), mine) == OF_THE_OWNER[state]
    assert permissions.document_verbs(somebody(code, strong=False), mine) == set()


@pytest.mark.parametrize("state", STATES)
def test_document_verbs_without_an_account_and_by_the_clock(state):
    reminds = {"remind_of_review"} if state == states.PUBLISHED else set()
    assert permissions.document_verbs(NOBODY, a_document(state)) == set()
    assert permissions.document_verbs(SYSTEM, a_document(state)) == reminds
    for nobody in (NOBODY, SYSTEM):
        assert permissions.document_verbs(nobody, None) == set()


# ------------------------------------------------------------------ versions and siblings

VERSIONS = {  # document's state, version's state: the clerk's verbs, the owner's
    (states.DRAFT, states.DRAFT): (
        {"withdraw_version", "add_sibling"}, {"withdraw_version", "add_sibling"},
    ),
    (states.PUBLISHED, states.DRAFT): (
        {"publish_version", "withdraw_version", "add_sibling"}, {"withdraw_version", "add_sibling"},
    ),
    (states.PUBLISHED, states.PUBLISHED): ({"withdraw_version", "add_sibling"}, {"add_sibling"}),
    (states.PUBLISHED, states.WITHDRAWN): (set(), set()),
    (states.WITHDRAWN, states.PUBLISHED): (set(), set()),
    (states.WITHDRAWN, states.DRAFT): (set(), set()),
}  # fmt: skip


@pytest.mark.parametrize("states_of", VERSIONS)
@pytest.mark.parametrize("code", EVERY)
def test_version_verbs_by_role_and_state(code, states_of):
    document, state = states_of
    clerks, owners = VERSIONS[states_of]
    theirs = a_version(state, a_document(document))
    assert permissions.version_verbs(somebody(code), theirs) == (
        clerks if code == "clerk" else set()
    )
    mine = a_version(state, a_document(document, owner=OWNER))
    if code not in {"clerk", "subscriber"}:
        assert permissions.version_verbs(somebody(code), mine) == owners
        assert permissions.version_verbs(somebody(code, strong=False), mine) == set()
    assert permissions.version_verbs(NOBODY, theirs) == set()
    assert permissions.version_verbs(SYSTEM, theirs) == {"keep_words"}


SIBLINGS = {  # version's state, sibling's state: the clerk's verbs, the owner's
    (states.DRAFT, states.DRAFT): ({"withdraw_sibling"}, {"withdraw_sibling"}),
    (states.PUBLISHED, states.DRAFT): (
        {"publish_sibling", "withdraw_sibling"}, {"withdraw_sibling"},
    ),
    (states.PUBLISHED, states.PUBLISHED): ({"withdraw_sibling"}, set()),
    (states.PUBLISHED, states.WITHDRAWN): (set(), set()),
}  # fmt: skip


@pytest.mark.parametrize("states_of", SIBLINGS)
@pytest.mark.parametrize("code", EVERY)
def test_sibling_verbs_by_role_and_state(code, states_of):
    version, state = states_of
    clerks, owners = SIBLINGS[states_of]
    theirs = a_sibling(state, a_version(version))
    assert permissions.sibling_verbs(somebody(code), theirs) == (
        clerks if code == "clerk" else set()
    )
    mine = a_sibling(state, a_version(version, a_document(owner=OWNER)))
    if code not in {"clerk", "subscriber"}:
        assert permissions.sibling_verbs(somebody(code), mine) == owners
    assert permissions.sibling_verbs(NOBODY, theirs) == set()
    assert permissions.sibling_verbs(SYSTEM, theirs) == {"keep_words"}


# ------------------------------------------------------------------ good practice

READS = {
    states.WAITING: {"ask_for_change", "decline_practice", "publish_practice", "withdraw_practice"},
    states.ASKED: {"decline_practice", "withdraw_practice"},
    states.PUBLISHED: {"withdraw_practice"},
    states.DECLINED: set(),
    states.WITHDRAWN: set(),
}
ITS_CONTACT = {
    states.WAITING: {"mend_practice", "withdraw_practice"},
    states.ASKED: {"mend_practice", "withdraw_practice"},
    states.PUBLISHED: {"mend_practice", "confirm_practice", "withdraw_practice"},
    states.DECLINED: set(),
    states.WITHDRAWN: set(),
}
READERS = {"clerk", "participation_worker"}


@pytest.mark.parametrize("state", READS)
@pytest.mark.parametrize("code", EVERY)
def test_practice_verbs_by_role_and_state(code, state):
    user = somebody(code)
    assert permissions.practice_verbs(user, None) == {"submit_practice"}
    reads = READS[state] if code in READERS else set()
    assert permissions.practice_verbs(user, a_practice(state)) == reads
    mine = a_practice(state, contact=OWNER, by=OWNER)
    assert permissions.practice_verbs(user, mine) == ITS_CONTACT[state] | reads - {
        "publish_practice"
    }


@pytest.mark.parametrize("state", READS)
def test_practice_verbs_without_an_account_and_by_the_clock(state):
    reminds = {"remind_of_practice"} if state == states.PUBLISHED else set()
    assert permissions.practice_verbs(NOBODY, a_practice(state)) == set()
    assert permissions.practice_verbs(SYSTEM, a_practice(state)) == reminds
    assert permissions.practice_verbs(NOBODY, None) == set()


def test_whoever_acts_for_nobody_sends_nothing():
    loose = somebody("officer")
    loose.acting_for = None
    assert permissions.practice_verbs(loose, None) == set()
    assert permissions.practice_verbs(loose, a_practice(contact=None)) == set()
