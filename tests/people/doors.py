"""What a person has in hand at the doors: letters, an app, and pages to compare."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters

from saidanddone.mail.models import Letter


def newest_code(address):
    """The code in the newest letter to this address."""
    return Letter.objects.filter(address=address).latest("pk").fill["code"]


def app_key(page):
    """The key that a page shows for those whose phone cannot read the square."""
    return re.search(r"Key: <b>([A-Z2-7 ]+)</b>", page)[1].replace(" ", "")


def app_code(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, list(counters())[1]))


def text_of(response, address):
    """Status and text of a page, without what is random in it."""
    text = response.content.decode().replace(address, "ADDRESS")
    return response.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
