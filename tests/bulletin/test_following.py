"""Links of a letter are counted only where the settings say so: totals, and nothing of who."""

import pytest

from saidanddone.bulletin import jobs
from saidanddone.bulletin.models import Followed
from saidanddone.mail.models import Wording
from tests.bulletin.test_editions import scheduled
from tests.factories.bulletin import make_edition, make_entry, make_subscription
from tests.factories.people import acting, sign_in
from tests.factories.reference import make_partnership

pytestmark = pytest.mark.django_db


def sent_entry():
    """Something that stood in a bulletin, and that bulletin's letter."""
    entry = make_entry(scheduled(), title="Suppers", path="/sessions/")
    make_subscription()
    jobs.send_due()
    return entry, Wording.objects.get(kind="bulletin")


def test_without_the_setting_the_plain_link_stands_and_nothing_counts(client):
    make_partnership()
    entry, letter = sent_entry()
    for words in (letter.text, letter.html):
        assert "/sessions/" in words
        assert "/bulletin/to/" not in words
        assert "how often" not in words
    assert client.get(f"/bulletin/to/{entry.pk}/").headers["Location"] == "/sessions/"
    assert not Followed.objects.exists()
    assert "Nothing counts whether you open a letter" in client.get("/privacy/").content.decode()


def test_where_it_is_set_the_total_grows_and_holds_nothing_else(client):
    make_partnership(bulletin_counts=True)
    entry, letter = sent_entry()
    for words in (letter.text, letter.html):
        assert f"/bulletin/to/{entry.pk}/" in words
        assert "We count how often each link is followed" in words
    for _ in range(3):
        answer = client.get(f"/bulletin/to/{entry.pk}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sessions/")
        assert not answer.cookies
    client.head(f"/bulletin/to/{entry.pk}/")
    assert list(Followed.objects.values_list("entry", "times")) == [(entry.pk, 3)]
    assert {field.name for field in Followed._meta.get_fields()} == {"id", "entry", "times"}
    assert "counted" not in letter.text
    assert "as a total" in client.get("/privacy/").content.decode()


def test_the_editor_sees_the_totals_and_nobody_else(client):
    make_partnership(bulletin_counts=True)
    entry, _ = sent_entry()
    client.get(f"/bulletin/to/{entry.pk}/")
    assert "Looked up" not in client.get(entry.edition.get_absolute_url()).content.decode()
    sign_in(client, acting("bulletin_editor"))
    page = client.get(f"/bulletin/editions/{entry.edition_id}/").content.decode()
    assert "Looked up from the letter" in page


def test_what_has_not_gone_out_is_not_found(client):
    assert client.get(f"/bulletin/to/{make_entry(make_edition()).pk}/").status_code == 404
    assert client.get("/bulletin/to/99999999/").status_code == 404
