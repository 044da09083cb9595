"""Whatever is typed about an issue is answered with a page that says something, never with a failure."""

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.participation.forms import filters, issues, replies
from tests.factories import issues as make
from tests.factories.governance import make_meeting
from tests.factories.participation import make_place, make_read_voice
from tests.factories.people import act, make_post, sign_in
from tests.participation.test_evil import FEW, ODD, SENT, as_sent

FORMS = [
    issues.RaiseForm, issues.GroupForm, issues.RouteForm, issues.TableForm, issues.RewordForm,
    issues.QuestionForm, issues.StepForm, issues.WithdrawForm, replies.ReplyForm,
    replies.GroupJudgementForm, replies.FinishForm, replies.GroupHappenedForm,
]  # fmt: skip
DEEDS = {
    "route": {"to": "outside", "outside": "GMCA", "why": "w"},
    "table": {"plain": "p"},
    "reword": {"title": "t", "wording": "w", "agreed_how": "h", "why": "w"},
    "ask": {"text": "t", "once": ""},
    "tell": {"kind": "update", "text": "t", "on": "4 June"},
    "group": {"voices": "1"},
    "withdraw": {"withdrawn_by": "b", "why": "w"},
    "reply": {
        "deed": "keep", "kind": "reply", "said": "s", "decided": "d", "why": "w", "who": "w",
        "could_not": "c", "next": "n", "by_when": "4 June", "promise_what": "", "version": "",
    },
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(db):
    """A place with its settings."""
    cache.clear()
    return make_place()


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_every_field_takes_what_is_typed_or_says_why_not(kind):
    issue = make.make_replied()
    user = act(make_post("participation_worker"))

    @FEW
    @given(typed=st.fixed_dictionaries(dict.fromkeys(kind.base_fields, ODD)))
    def odd(typed):
        form = kind(as_query(typed), issue=issue, user=user)
        form.is_valid()
        for errors in form.errors.values():
            assert all(len(sentence) > 10 for sentence in errors)

    odd()


def as_query(typed):
    """What the browser's form becomes on the way."""
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(typed)
    return query


@pytest.mark.parametrize("typed", SENT, ids=range(len(SENT)))
def test_every_filter_answers(client, typed):
    sign_in(client, make_post("participation_worker"))
    for name in (*filters.IssueFilter.base_fields, "page", "voice"):
        assert client.get("/issues/", {name: as_sent(typed)[:2000]}).status_code == 200
    for name in (*filters.WallFilter.base_fields, "page"):
        assert client.get("/you-said-we-did/", {name: as_sent(typed)[:2000]}).status_code == 200
    assert client.get("/issues/raise/", {"voice": as_sent(typed)[:2000]}).status_code == 200


@pytest.mark.parametrize("typed", SENT, ids=range(len(SENT)))
def test_every_page_of_an_issue_answers(client, typed):
    sign_in(client, make_post("participation_worker"))
    make_meeting()
    make_read_voice()
    raised = {
        "title": "t",
        "wording": "w",
        "agreed_how": "h",
        "voices": "1",
        "topic": "1",
        "once": "",
    }
    for name in raised:
        response = client.post("/issues/raise/", raised | {name: as_sent(typed)})
        assert response.status_code in {302, 400, 422}, name
    for deed, fields in DEEDS.items():
        issue = make.make_routed()
        for name in fields:
            response = client.post(f"/issues/{issue.pk}/{deed}/", fields | {name: as_sent(typed)})
            assert response.status_code in {200, 302, 400, 403, 409, 422}, (deed, name)
