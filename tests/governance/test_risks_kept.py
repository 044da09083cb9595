"""A board's risks: scored, watched by an owner, told upwards, closed with a reason."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.jobs import boards as jobs
from saidanddone.governance.models import Risk
from saidanddone.mail.models import Letter
from tests.factories.governance import make_body
from tests.factories.people import act, acting, make_post
from tests.governance.test_ahead import SOON, seated

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def a_risk(body, clerk, **over):
    """A risk of fifteen."""
    given = {
        "title": "Nobody answers", "cause": "People leave", "event": "It waits", "effect": "Trust goes",
        "owner": make_post(), "likelihood_before": 5, "impact_before": 4, "likelihood_now": 5,
        "impact_now": 3, "likelihood_wanted": 1, "impact_wanted": 3, "review_on": SOON,
    } | over  # fmt: skip
    return verbs.add_risk(body=body, by=clerk, **given)


def test_a_risk_keeps_its_history(clerk):
    body, owner = make_body(), make_post()
    risk = a_risk(body, clerk, owner=owner)
    verbs.score_risk(
        risk=risk, likelihood=2, impact=3, text="Two people more", review_on=SOON, by=act(owner)
    )
    verbs.close_risk(risk=risk, why="It is over", by=seated(body, "chair"))
    found = list(risk.notes.values_list("verb", "likelihood", "impact"))
    assert found == [("add_risk", 5, 3), ("score_risk", 2, 3), ("close_risk", 2, 3)]
    assert (risk.state, risk.score_before, risk.score_wanted) == (states.OVER, 20, 3)
    assert not Letter.objects.filter(state="queued").exists()  # called back once it is over


def test_a_risk_is_kept_by_clerk_and_chair(clerk):
    body = make_body(parent=make_body())
    risk = a_risk(body, clerk, restricted=True)
    above = seated(body.parent)
    for other in (seated(body), above, acting("officer")):
        assert permissions.risk_verbs(other, body, risk) == set()
        with pytest.raises(Refused):
            verbs.close_risk(risk=risk, why="Mine", by=other)
    assert not permissions.visible_risks(above).exists()
    verbs.tell_risk(risk=risk, why="You should know", by=seated(body, "vice_chair"))
    assert permissions.visible_risks(above).get() == risk
    assert not permissions.visible_risks(acting("officer")).exists()
    assert not permissions.visible_risks(NOBODY).exists()


def test_open_risks_are_for_those_who_work_here(clerk):
    a_risk(make_body(), clerk)
    a_risk(make_body(kind="young_people", meets_in_private=True), clerk)
    assert permissions.visible_risks(acting("officer")).count() == 1
    assert not permissions.visible_risks(acting("officer", strong=False)).exists()


def test_the_gravest_risk_comes_first(clerk):
    body = make_body()
    small = a_risk(body, clerk, likelihood_now=1, impact_now=1)
    grave = a_risk(body, clerk, likelihood_now=5, impact_now=5)
    assert list(Risk.objects.of(body)) == [grave, small]
    with pytest.raises(IntegrityError), transaction.atomic():
        a_risk(body, clerk, impact_now=6)


def test_owners_are_reminded_once_a_month(clerk, letters):
    a_risk(make_body(), clerk, review_on=clock.today())
    assert (jobs.remind_of_risks(), jobs.remind_of_risks()) == (1, 0)
    assert [kind for kind, _ in letters()] == ["risk_due", "risk_given"]
