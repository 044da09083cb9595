"""Requests for help: anybody asks, the coordinator of the area decides, and the asker always hears."""

from uuid import uuid4

import pytest
from django.urls import reverse

from saidanddone.core import identity
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Enquiry
from saidanddone.mail.models import Letter, Wording
from tests.factories.earlyhelp import as_, make_coordinator, make_worker
from tests.factories.people import acting, sign_in
from tests.factories.reference import make_area

pytestmark = pytest.mark.django_db
ASKED = {
    "asked_as": "school", "asker_name": "Ms Invented", "who": "Kit Marked", "words": "Hungry",
    "family_knows": True, "asker_reach": "ms@school.example",
}  # fmt: skip


def ask(by=None, **over):
    code = verbs.ask_for_help(by=by, **(ASKED | over))
    with identity.as_system("test"):
        return code, Enquiry.objects.order_by("-asked_at").first()


def seen(person, one):
    with as_(person):
        code = permissions.visible_enquiries(person).filter(pk=one.pk).count()
        assert Enquiry.objects.filter(pk=one.pk).count() == code
    return code


def test_the_coordinator_of_the_area_finds_it_and_nobody_else():
    here, there = make_area(), make_area()
    mine, other, all_of_it = make_coordinator(here), make_coordinator(there), make_coordinator()
    _, one = ask(area=here)
    people = [mine, all_of_it, other, make_worker(), acting("administrator"), acting("coordinator")]
    assert [seen(person, one) for person in people] == [1, 1, 0, 0, 0, 0]
    assert mine.email in set(Letter.objects.values_list("address", flat=True))
    assert not any("Marked" in one.text + one.subject for one in Wording.objects.all())


def test_taken_up_by_somebody_and_the_asker_hears():
    coordinator, worker = make_coordinator(), make_worker()
    code, one = ask()
    assert verbs.hear_answer(code=code).told == ""
    with as_(coordinator):
        verbs.accept_enquiry(
            enquiry=one, given_to=worker.acting_for, told="Somebody visits", by=coordinator
        )
        with pytest.raises(Moved):
            verbs.decline_enquiry(enquiry=stale(one), why="x", told="x", by=coordinator)
    assert seen(worker, one) == 1
    assert verbs.hear_answer(code=code.lower().replace("-", " ")).told == "Somebody visits"
    assert ASKED["asker_reach"] in set(Letter.objects.values_list("address", flat=True))
    assert not any("Marked" in one.text + one.subject for one in Wording.objects.all())


def stale(one):
    one.state = states.SOUGHT
    return one


def test_declined_with_a_reason_that_the_asker_does_not_read():
    coordinator = make_coordinator()
    code, one = ask()
    with as_(coordinator):
        verbs.decline_enquiry(enquiry=one, why="Known", told="Ring school", by=coordinator)
    answer = verbs.hear_answer(code=code)
    assert (answer.state, answer.told) == (states.DECLINED, "Ring school")


def test_who_may_not_decide():
    _, one = ask()
    for person in (make_worker(), acting("administrator"), acting("coordinator")):
        with as_(person), pytest.raises(Refused):
            verbs.decline_enquiry(enquiry=one, why="x", told="x", by=person)


def test_a_worker_who_asked_sees_what_became_of_it():
    worker = make_worker()
    _, one = ask(by=worker)
    assert seen(worker, one) == 1


def test_sent_twice_is_one_request_with_one_code():
    once = uuid4()
    first, second = ask(once=once)[0], ask(once=once)[0]
    assert first == second
    with identity.as_system("test"):
        assert Enquiry.objects.count() == 1
        assert first not in Enquiry.objects.get().code


def test_nobody_hears_with_another_code():
    ask()
    assert verbs.hear_answer(code="AAAA-BBBB-CCCC") is None
    assert verbs.hear_answer(code=" ") is None


# ------------------------------------------------------------------ pages


def test_anybody_asks_on_a_page_and_nothing_typed_is_lost(client):
    path = reverse("ask-for-help")
    typed = ASKED | {"family_knows": "yes"}
    short = client.post(path, typed | {"who": ""})
    assert short.status_code == 422
    assert "Hungry" in short.text
    done = client.post(path, typed)
    code = done.text.partition("<code>")[2].partition("</code>")[0]
    assert len(code) == 14
    assert done["Cache-Control"] == "no-store"
    answer = client.post(reverse("help-answer"), {"code": code})
    assert "Nothing is decided yet" in answer.text
    assert "Marked" not in answer.text
    assert client.post(reverse("help-answer"), {"code": "AAAA"}).status_code == 422


def test_the_coordinator_decides_on_a_page(client):
    coordinator, worker = make_coordinator(), make_worker()
    code, one = ask()
    sign_in(client, coordinator)
    shown = client.get(reverse("enquiries"))
    assert "Marked" not in shown.text
    path = reverse("enquiry", args=[one.pk])
    assert "Kit Marked" in client.get(path).text
    bad = client.post(path, {"decision": "accept", "told": "Soon", "given_to": ""})
    assert bad.status_code == 422
    good = {"decision": "accept", "told": "Soon", "given_to": worker.acting_for.pk}
    assert client.post(path, good).status_code == 302
    assert "Soon" in client.post(reverse("help-answer"), {"code": code}).text
    sign_in(client, worker)
    assert "Kit Marked" in client.get(path).text


def test_nobody_else_finds_the_page(client):
    _, one = ask()
    for person in (make_worker(), acting("administrator"), acting("coordinator")):
        sign_in(client, person)
        assert client.get(reverse("enquiry", args=[one.pk])).status_code == 404
