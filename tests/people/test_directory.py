"""A council's own directory, by OpenID Connect, against a provider of forty lines."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from saidanddone.people.models import User
from tests.factories.people import make_post, make_user

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Answers as a directory does; who comes is set by the test."""

    person = {}

    def log_message(self, *told):
        """Say nothing."""

    def do_GET(self):
        """Where everything is, and who it is."""
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            self.tell({"issuer": base, "authorization_endpoint": f"{base}/ask",
                       "token_endpoint": f"{base}/token", "userinfo_endpoint": f"{base}/who",
                       "jwks_uri": f"{base}/keys"})  # fmt: skip
        else:
            self.tell(self.person)

    def do_POST(self):
        """A token for the code."""
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert asked["code_verifier"], "PKCE"
        self.tell({"access_token": "token", "token_type": "Bearer"})

    def tell(self, answer):
        """Send JSON."""
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def directory(settings):
    """A directory that may vouch for council.example, switched on."""
    cache.clear()
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/.well-known/openid-configuration"
    app = {"provider_id": "directory", "name": "Council account", "client_id": "said", "secret": "s",
           "settings": {"server_url": base, "verified_email": ["council.example"]}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield
    server.shutdown()
    server.server_close()


def come(client, *, answer=None, **person):
    """Go to the directory and back, as a browser would; `answer` is all that it says."""
    usual = {"sub": person.get("email") or "x", "name": "Somebody", **person}
    Provider.person = usual if answer is None else answer
    away = client.get("/sign-in/with/directory/")
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/directory/back/"]
    return client.get(
        "/sign-in/with/directory/back/", {"code": "abc", "state": asked["state"][0]}, follow=True
    )


@pytest.fixture
def client():
    """A plain browser: coming back from a directory is a GET that signs one in."""
    from django.test import Client

    return Client()


def test_known_person_comes_in_and_is_weak_unless_told_otherwise(client, directory, settings):
    user = make_post("practitioner", user=make_user(email="wilf@council.example")).user
    assert "Council account" in client.get("/sign-in/").content.decode()
    come(client, email="Wilf@Council.example", email_verified=True)
    assert SocialAccount.objects.get().user == user
    assert "By a code or a password alone" in client.get("/account/").content.decode()
    settings.DIRECTORY_IS_STRONG = True
    assert "By passkey or second step" in client.get("/account/").content.decode()
    client.post("/sign-out/")
    come(client, email="wilf@council.example")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("email", ["nobody@council.example", "", None])
def test_unknown_person_gets_no_account(client, directory, email):
    page = come(client, email=email)
    assert "We do not know you yet" in page.content.decode()
    assert not User.objects.exists()
    assert client.get("/account/").status_code == 302


def test_directory_vouches_for_its_own_addresses_only(client, directory):
    make_post("administrator", user=make_user(email="nurse@nhs.example"))
    page = come(client, email="nurse@nhs.example", email_verified=True)
    assert "We do not know you yet" in page.content.decode()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("answer", [{"sub": ""}, {"sub": None}, {}, {"sub": "x" * 500}])
def test_a_directory_that_names_nobody_is_refused_in_words(client, directory, answer):
    make_post("practitioner", user=make_user(email="wilf@council.example"))
    page = come(client, answer={"email": "wilf@council.example", **answer})
    assert "did not answer" in page.content.decode()
    assert not SocialAccount.objects.exists()
    assert client.get("/account/").status_code == 302


def test_closed_account_stays_closed(client, directory):
    make_post("practitioner", user=make_user(email="wilf@council.example", is_active=False))
    come(client, email="wilf@council.example")
    assert client.get("/account/").status_code == 302


def test_trouble_half_way_is_told(client, directory):
    page = client.get("/sign-in/with/directory/back/", {"error": "server_error"}, follow=True)
    assert "did not answer" in page.content.decode()
    page = client.get("/sign-in/with/directory/back/", {"code": "x", "state": "y"}, follow=True)
    assert "did not answer" in page.content.decode()
    away = parse_qs(urlsplit(client.get("/sign-in/with/directory/").url).query)
    page = client.get(
        "/sign-in/with/directory/back/",
        {"error": "access_denied", "state": away["state"][0]},
        follow=True,
    )
    assert "You stopped half-way" in page.content.decode()
