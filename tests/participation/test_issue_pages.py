"""The pages on which issues are worked with."""

import pytest

from tests.factories import issues as make
from tests.factories.people import make_post, sign_in

pytestmark = pytest.mark.django_db
WORKER_PAGES = ["group", "route", "table", "reword", "ask", "tell", "withdraw", "reply"]


def test_issues_page(client):
    sign_in(client, make_post("participation_worker"))
    assert client.get("/issues/").status_code == 200
    for made in (make.make_issue, make.make_routed, make.make_tabled, make.make_replied):
        made()
    assert client.get("/issues/").status_code == 200


@pytest.mark.parametrize(
    "state", ["issue", "routed", "tabled", "replied", "promised", "closed", "reopened", "withdrawn"]
)
def test_issue_page(client, state):
    sign_in(client, make_post("participation_worker"))
    issue = getattr(make, f"make_{state}")()
    assert client.get(f"/issues/{issue.pk}/").status_code == 200
    assert client.get(f"/you-said-we-did/{issue.pk}/").status_code == 200


@pytest.mark.parametrize("deed", WORKER_PAGES)
def test_deed_page(client, deed):
    sign_in(client, make_post("participation_worker"))
    issue = make.make_routed()
    assert client.get(f"/issues/{issue.pk}/{deed}/").status_code == 200
