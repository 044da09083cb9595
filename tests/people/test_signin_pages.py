"""Every door opens without a fault, errors included; the flows are driven as by a person."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from saidanddone.mail.models import Letter
from saidanddone.people.models import Session, User
from tests.factories.people import invitation_to, make_post, make_user, sign_in
from tests.people.doors import app_code, app_key, newest_code, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "harbour lantern quilt sparrow"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


def with_password(*roles, **over):
    """Somebody who signs in with a password."""
    user = make_user(**over)
    user.set_password(PASSWORD)
    user.save()
    make_post(*roles, user=user)
    return user


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("path", [
    "/sign-in/", "/sign-in/code/", "/sign-in/forgotten/", "/sign-in/forgotten/done/",
    "/sign-in/closed/", "/sign-in/with/cancelled/", "/join/",
])  # fmt: skip
def test_public_door_opens(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [
    "/sign-in/code/confirm/", "/sign-in/second-step/", "/sign-in/forgotten/code/",
    "/sign-in/forgotten/new/", "/sign-in/passkey/", "/join/code/", "/sign-out/",
])  # fmt: skip
def test_door_in_the_middle_leads_back(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", [
    "/account/", "/account/name/", "/account/password/set/", "/account/second-factor/",
    "/account/second-factor/app/", "/account/passkeys/", "/account/passkeys/add/", "/acting-for/",
    "/sign-out/",
])  # fmt: skip
def test_own_page_opens(client, path):
    sign_in(client, make_post("practitioner"))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/account/", "/acting-for/", "/people/", "/organisations/",
                                  "/account/passkeys/add/", "/join/welcome/"])  # fmt: skip
def test_stranger_is_asked_to_sign_in(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in/?next=")


def test_directory_is_not_there_until_it_is_set_up(client):
    assert client.get("/sign-in/with/directory/").status_code == 404
    assert "organisation’s account" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(("path", "data", "sentence"), [
    ("/sign-in/", {}, "Fill in: e-mail address"),
    ("/sign-in/", {"login": "nobody", "password": "x"}, "Write the address like"),
    ("/sign-in/", {"login": "a@b.example", "password": "x"}, "do not fit together"),
    ("/sign-in/code/", {"email": ""}, "Fill in: e-mail address"),
    ("/sign-in/forgotten/", {"email": "x"}, "Write the address like"),
    ("/join/", {"name": "", "email": "a@b.example", "organisation": "x"}, "Fill in: Your name"),
])  # fmt: skip
def test_door_shows_what_to_mend(client, path, data, sentence):
    response = client.post(path, data)
    assert response.status_code == 200
    assert sentence in response.content.decode()


# --------------------------------------------------------------------- code


def test_sign_in_by_code(client):
    user = make_post("subscriber").user
    response = client.post("/sign-in/code/", {"email": user.email.upper()}, follow=True)
    assert "a code is on its way" in response.content.decode()
    wrong = client.post("/sign-in/code/confirm/", {"code": "BBBB-CCCC"})
    assert "does not fit" in wrong.content.decode()
    response = client.post("/sign-in/code/confirm/", {"code": newest_code(user.email)})
    assert response.url == "/my-day/"
    assert "By a code or a password alone" in client.get("/account/").content.decode()


def test_code_letter_holds_the_code_and_nothing_else(client):
    user = make_post("subscriber").user
    client.post("/sign-in/code/", {"email": user.email})
    letter = Letter.objects.latest("pk")
    assert letter.wording.text.count("\n") == 1
    assert re.fullmatch("[A-Z]{4}-[A-Z]{4}", letter.fill["code"])
    assert letter.fill["code"] not in letter.wording.text + letter.wording.subject


def test_another_code_replaces_the_first(client):
    user = make_post("subscriber").user
    client.post("/sign-in/code/", {"email": user.email})
    first = newest_code(user.email)
    client.post("/sign-in/code/confirm/", {"action": "resend"})
    assert newest_code(user.email) != first
    assert client.post("/sign-in/code/confirm/", {"code": first}).status_code == 200
    assert (
        client.post("/sign-in/code/confirm/", {"code": newest_code(user.email)}).status_code == 302
    )


def test_five_wrong_codes_end_the_try(client):
    user = make_post("subscriber").user
    client.post("/sign-in/code/", {"email": user.email})
    for _ in range(4):
        assert client.post("/sign-in/code/confirm/", {"code": "BBBBCCCC"}).status_code == 200
    assert client.post("/sign-in/code/confirm/", {"code": "BBBBCCCC"}).status_code == 302
    response = client.post("/sign-in/code/confirm/", {"code": newest_code(user.email)}, follow=True)
    assert "Have a code sent" in response.content.decode()


def test_known_and_unknown_addresses_look_the_same():
    known = make_post("subscriber").user.email
    pages = []
    for address in (known, "never.seen@place.example"):
        client = Client()
        pages.append(
            [
                text_of(client.post("/sign-in/code/", {"email": address}, follow=True), address),
                text_of(client.post("/sign-in/code/confirm/", {"code": "BBBBCCCC"}), address),
                text_of(Client().post("/sign-in/", {"login": address, "password": "x"}), address),
                text_of(
                    Client().post("/sign-in/forgotten/", {"email": address}, follow=True), address
                ),
            ]
        )
    assert pages[0] == pages[1]
    assert not Letter.objects.filter(address="never.seen@place.example").exists()


def test_code_letters_to_one_address_are_limited(client):
    user = make_post("subscriber").user
    for _ in range(5):
        Client().post("/sign-in/code/", {"email": user.email})
    assert Letter.objects.filter(address=user.email).count() == 3


# ------------------------------------------------- password and second step


def test_password_alone_is_weak(client):
    user = with_password("practitioner")
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert response.url == "/my-day/"
    assert "Some of your roles do nothing yet" in client.get("/account/").content.decode()
    assert client.get("/people/").status_code == 403


def test_password_and_app_are_strong(client):
    user = with_password("practitioner")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert response.url == "/sign-in/second-step/"
    assert client.get("/people/").status_code == 302
    assert client.get("/sign-in/second-step/").status_code == 200
    wrong = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "does not fit" in wrong.content.decode()
    assert client.post("/sign-in/second-step/", {"code": app_code(secret)}).url == "/my-day/"
    assert client.get("/people/").status_code == 200


def test_secret_of_the_app_is_sealed():
    user = with_password("practitioner")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_whoever_has_a_second_step_is_asked_for_it_after_a_code_too(client):
    user = with_password("practitioner")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client.post("/sign-in/code/", {"email": user.email})
    response = client.post("/sign-in/code/confirm/", {"code": newest_code(user.email)})
    assert response.url == "/sign-in/second-step/"


def test_sixth_wrong_password_is_refused(client):
    user = with_password("practitioner")
    for _ in range(5):
        client.post("/sign-in/", {"login": user.email, "password": "wrong"})
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert "Too many tries" in response.content.decode()


def test_new_password_by_code(client):
    user = with_password("subscriber")
    client.post("/sign-in/forgotten/", {"email": user.email})
    wrong = client.post("/sign-in/forgotten/code/", {"code": "BBBBCCCC"})
    assert "does not fit" in wrong.content.decode()
    client.post("/sign-in/forgotten/code/", {"code": newest_code(user.email)})
    short = client.post("/sign-in/forgotten/new/", {"password1": "short"})
    assert short.status_code == 200
    response = client.post(
        "/sign-in/forgotten/new/", {"password1": "other words entirely now"}, follow=True
    )
    assert "Your password is changed" in response.content.decode()
    response = client.post(
        "/sign-in/", {"login": user.email, "password": "other words entirely now"}
    )
    assert response.url == "/my-day/"
    assert Letter.objects.filter(wording__kind="sign_in_changed").count() == 1


def test_changing_the_password_ends_other_browsers(client):
    user = with_password("practitioner")
    other = Client()
    for browser in (client, other):
        browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    response = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "other words entirely now"}
    )
    assert response.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_app_is_added_removed_and_its_codes_kept(client):
    user = with_password("practitioner")
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    client.get(f"/join/{invitation_to(user.posts.get()).token}/")
    asked = client.get("/account/second-factor/app/")
    assert asked.url.startswith("/sign-in/again/?next=")
    assert client.get(asked.url).status_code == 200
    assert "not your password" in client.post(asked.url, {"password": "x"}).content.decode()
    assert client.post(asked.url, {"password": PASSWORD}).url == "/account/second-factor/app/"
    page = client.get("/account/second-factor/app/").content.decode()
    secret = app_key(page)
    assert client.post("/account/second-factor/app/", {"code": "000000"}).status_code == 200
    response = client.post("/account/second-factor/app/", {"code": app_code(secret)})
    assert response.url == "/account/second-factor/codes/"
    assert client.get("/people/").status_code == 200, "the session is strong from here on"
    codes = re.findall(r"<code>(\d+)</code>", client.get(response.url).content.decode())
    assert len(codes) == 10
    assert codes[0] in client.get("/account/second-factor/codes/download/").content.decode()
    assert client.get("/account/second-factor/").status_code == 200
    assert client.get("/account/second-factor/codes/new/").status_code == 200
    assert client.post("/account/second-factor/codes/new/").status_code == 302
    assert client.get("/account/second-factor/app/remove/").status_code == 200
    assert client.post("/account/second-factor/app/remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_recovery_code_lets_in_once(client):
    user = with_password("practitioner")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(user).generate_codes()[0]
    for expected in (302, 200):
        browser = Client()
        browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        assert browser.post("/sign-in/second-step/", {"code": code}).status_code == expected


def test_with_a_second_step_the_password_proves_nothing_again(client):
    user = with_password("practitioner")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    sign_in(client, user)
    asked = client.get("/account/passkeys/add/")
    assert asked.url.startswith("/sign-in/again/second-step/")
    assert client.get("/sign-in/again/").url.startswith("/sign-in/again/second-step/")
    assert client.get(asked.url).status_code == 200
    assert client.post(asked.url, {"code": "1"}).status_code == 200
    assert client.post(asked.url, {"code": app_code(secret)}).url == "/account/passkeys/add/"


def test_passkey_without_a_passkey_is_told(client):
    user = make_post("practitioner").user
    sign_in(client, user)
    assert client.post("/account/passkeys/add/", {"name": "phone"}).status_code == 200
    assert (
        client.post("/account/passkeys/add/", {"name": "x", "credential": "{}"}).status_code == 200
    )
    browser = Client()
    for nonsense in ("", "{}", "[1]", "null", "not JSON", '{"id": "x"}', '{"id": "x", "rawId": 1}'):
        response = browser.post("/sign-in/passkey/", {"credential": nonsense}, follow=True)
        text = response.content.decode()
        assert "gave us no passkey" in text or "That does not fit" in text, nonsense
    options = browser.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]


def test_sign_out(client):
    sign_in(client, make_post("practitioner"))
    assert client.post("/sign-out/").url == "/"
    assert client.get("/account/").status_code == 302
    assert not Session.objects.exists()


def test_closed_account_cannot_sign_in(client):
    user = with_password("practitioner")
    User.objects.filter(pk=user.pk).update(is_active=False)
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in response.content.decode()
