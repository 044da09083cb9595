"""How it ends: each says how it was at their own door; after a stop; and for whoever asked for help."""

from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Enquiry, Feedback, Scale
from saidanddone.earlyhelp.verbs.releasing import _row
from tests.factories.earlyhelp import (
    as_,
    child_of,
    door_for,
    fresh,
    make_coordinator,
    make_planned,
    make_worker,
)
from tests.factories.people import make_user, sign_in

pytestmark = pytest.mark.django_db


def test_each_of_the_family_says_how_it_was_and_no_other_of_them_reads_it(client):
    family, child = make_planned(), make_user()
    with identity.as_system("test"):
        door_for(family.story, child_of(family.story), child)
    with as_(family.parent), pytest.raises(Refused):
        verbs.give_feedback(story=fresh(family.story), words="Too early", by=family.parent)
    with as_(family.lead):
        verbs.ask_to_close(
            story=fresh(family.story), reason="met", words="Well", continues="Gran", by=family.lead
        )
    address = reverse("our-story-closing", args=[family.story.pk])
    sign_in(client, child, strong=False)
    assert address in client.get(reverse("our-story-home", args=[family.story.pk])).text
    empty = client.post(address, {"words": "", "of_the_lead": "She lissened"})
    assert empty.status_code == 422
    assert "She lissened" in empty.text
    once = "22222222-2222-4222-8222-222222222222"
    for _ in range(2):
        client.post(address, {"words": "it is beter now", "score": "8", "once": once})
    with as_(child):
        assert Feedback.objects.get().words == "it is beter now"
        assert (Scale.objects.get().score, Scale.objects.get().moment) == (8, "after")
    with as_(family.parent):
        assert not Feedback.objects.exists()
    sign_in(client, family.supervisor.acting_for)
    page = client.get(reverse("close-answer", args=[family.story.pk]))
    assert "it is beter now" in page.text
    with as_(family.supervisor):
        verbs.close_story(story=fresh(family.story), by=family.supervisor)
    with as_(family.parent):
        verbs.give_feedback(story=fresh(family.story), words="Thank you", by=family.parent)


def test_a_story_that_everybody_took_back_is_closed_by_the_coordinator(client):
    family, coordinator = make_planned(), make_coordinator()
    with as_(family.lead):
        verbs.withdraw_agreement(story=fresh(family.story), words="Stop", by=family.lead)
    sign_in(client, family.lead.acting_for)
    address = reverse("end-withdrawn", args=[family.story.pk])
    early = client.post(address, {"words": "It went well"})
    assert early.url == reverse("story-safety", args=[family.story.pk])
    with as_(family.lead):
        verbs.answer_safety(story=fresh(family.story), words="No less safe", by=family.lead)
    assert address in client.get(reverse("story-safety", args=[family.story.pk])).text
    assert client.post(address, {"words": "It went well"}).status_code == 302
    assert client.post(address, {"words": "Again"}).status_code == 403
    sign_in(client, coordinator.acting_for)
    assert "Answer the closing of" in client.get(reverse("my-day")).text
    assert "It went well" in client.get(reverse("close-answer", args=[family.story.pk])).text
    with as_(coordinator):
        verbs.close_story(story=fresh(family.story), by=coordinator)
    with as_(family.lead):
        closed = fresh(family.story)
        assert (closed.state, closed.close_reason) == ("closed", "family")
        assert closed.keep_until.year >= clock.today().year + 10


def test_a_request_is_linked_to_the_story_that_grew_and_the_asker_hears_what_became_of_it(client):
    coordinator, worker = make_coordinator(), make_worker()
    code = verbs.ask_for_help(
        by=None, asked_as="school", asker_name="A", asker_reach="", who="B", words="C"
    )
    with as_(coordinator):
        enquiry = Enquiry.objects.get()
        verbs.accept_enquiry(
            enquiry=enquiry, given_to=worker.acting_for, told="Somebody rings.", by=coordinator
        )
    sign_in(client, worker.acting_for)
    page = client.get(reverse("enquiry", args=[enquiry.pk])).text
    assert f"{reverse('story-open')}?request={enquiry.pk}" in page
    opening = client.get(f"{reverse('story-open')}?request={enquiry.pk}").text
    assert "It grew from a request for help" in opening
    with as_(worker):
        story = verbs.open_story(
            called="Invented", why_now="x", enquiry=Enquiry.objects.get(), by=worker,
            told="The family has help now.", members=[verbs.NewMember("adult", "Ada", agrees=True)],
            agreement={
                "words": "Yes", "until": clock.today() + timedelta(days=90), "how": "typed",
                "agencies": [worker.acting_for.organisation_id],
            },
        )  # fmt: skip
        assert Enquiry.objects.get().story == story
        assert not permissions.enquiries_given(worker).exists()
    client.post(reverse("enquiry", args=[enquiry.pk]), {"tell": "1", "words": "It goes well."})
    heard = client.post(reverse("help-answer"), {"code": code}).text
    for words in ("Somebody rings.", "The family has help now.", "It goes well."):
        assert words in heard
    with as_(coordinator), pytest.raises(Refused):
        verbs.tell_asker(enquiry=enquiry, words="x", by=coordinator)


def test_a_row_of_annex_a_has_its_codes():
    family = make_planned()
    with as_(family.lead):
        child, story = child_of(family.story), fresh(family.story)
        row = _row(child, story)
        assert (row[1], row[2]) == ("0", "NOBT")
        child.gender, child.ethnicity = "2", "Arab"
        row = _row(child, story)
    assert len(row) == 8
    assert (row[1], row[2], row[7]) == ("2", "OOTH", family.lead.acting_for.organisation.name)
