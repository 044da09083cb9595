"""A passkey in a real browser: made, used to come in, used to prove oneself again."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_somebody_who_came_by_code_adds_a_passkey_and_uses_it(visit, served):
    visitor = visit(phone=True)
    # Passkeys belong to names, never to numbers.
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    page = visitor.page
    device = visitor.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    visitor.sign_in("executive")
    visitor.go("/account/")
    visitor.sees("Some of your roles do nothing yet")
    visitor.go("/account/passkeys/add/")
    visitor.sees("Open your invitation first")
    visitor.go(new_invitation(visit("administrator"), served))
    visitor.go("/account/passkeys/add/")
    visitor.type(name="Work phone")
    visitor.press("Add this device")
    visitor.sees("Your recovery codes")
    visitor.go("/account/")
    visitor.sees("By passkey or second step")
    visitor.press("Sign out here")
    visitor.go("/sign-in/?next=/people/")
    expect(page.locator("[data-passkey-trouble]")).to_be_hidden()
    visitor.press("Use my passkey")
    expect(page).to_have_url(visitor.address + "/people/")
    visitor.go("/account/passkeys/")
    visitor.press("Remove Work phone")
    visitor.sees("Is it still you?")
    visitor.press("Use my passkey")
    visitor.sees("Remove Work phone?")
    visitor.press("Remove this passkey")
    visitor.sees("You have no passkey yet")


def new_invitation(administrator, served):
    """An administrator sends him a new one; where its link leads."""
    query = "SELECT id FROM people_user WHERE name = 'Algernon Fairweather'"
    administrator.go(f"/people/{served.rows(query)[0][0]}/")
    administrator.press("Send a new invitation")
    administrator.sees("A new invitation is on its way")
    token = "SELECT token FROM people_invitation ORDER BY id DESC LIMIT 1"
    return f"/join/{served.rows(token)[0][0]}/"


def test_without_scripts_the_password_and_the_code_remain(visit):
    visitor = visit(phone=True, script=False)
    visitor.go("/sign-in/")
    expect(visitor.page.get_by_role("button", name="Use my passkey")).to_be_hidden()
    visitor.sees("With your password")
    visitor.press("Send me a code")
    visitor.type(email="never.seen@place.example")
    visitor.press("Send me a code")
    visitor.sees("a code is on its way there")
