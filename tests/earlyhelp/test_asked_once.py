"""What somebody holds is asked once for a page that shows, and afresh for whatever is done."""

import pytest

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Access
from saidanddone.earlyhelp.permissions.rights import held_here, holds, remembering
from saidanddone.earlyhelp.views import guard
from tests.factories.earlyhelp import as_, make_family

pytestmark = pytest.mark.django_db


def shut_out(person, story):
    """Every right that they have to this story ends now."""
    with identity.as_system("test"):
        now = clock.now()
        Access.objects.filter(story=story.pk, person=person.pk).update(starts_at=now, ends_at=now)


def test_it_is_remembered_for_this_story_and_no_longer_than_the_page():
    family, other = make_family(), make_family()
    with as_(family.lead) as lead:
        with remembering(lead, family.story, held_here(lead, family.story)):
            shut_out(lead, family.story)
            assert "contribute" in permissions.story_verbs(lead, family.story)
            assert permissions.story_verbs(lead, other.story) == set()
            assert not holds(lead, other.story, permissions.KNOW)
        assert permissions.story_verbs(lead, family.story) == set()
        with remembering(lead, family.story, held_here(lead, family.story)):
            assert not holds(lead, family.story, permissions.KNOW)


@pytest.mark.parametrize(("method", "kept"), [("GET", True), ("HEAD", True), ("POST", False)])
def test_only_a_page_that_shows_remembers(method, kept, rf):
    family, known = make_family(), []
    request = rf.generic(method, "/")
    request.user = family.lead

    def view(request, story):
        known.append(hasattr(request.user, "held_here"))

    with as_(family.lead):
        guard._entered(view, request, family.story.pk, "story", permissions.READ)
    assert known == [kept]
    assert not hasattr(family.lead, "held_here")
