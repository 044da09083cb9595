"""Somebody of the demonstration without a browser, who asks for very many addresses."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

NOBODY = "anybody"
TURNS = 3  # days in which all have asked for everything
# Who sees just what another persona does, and differs from them in other ways than by addresses.
TWINS = {
    "presenter": "practitioner",
    "childminder": "member",
    "substitute": "board_member",
    "duty_deputy": "safeguarding",
    "item_lead": "officer_nhs",
}


class Stay(urllib.request.HTTPRedirectHandler):
    """Where one is sent is part of the answer."""

    def redirect_request(self, *_):
        return None


class Guest:
    """Somebody without a browser: cookies, and the plain answers of the server."""

    def __init__(self, address, persona):
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
        if persona != NOBODY:
            page = self.open("/demo/")[1]
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
            self.open("/demo/sign-in/", persona=persona, csrfmiddlewaretoken=token)

    def open(self, path, **data):
        """The status of an address, and its page; of one that leads on, where to."""
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(self.address + path, body)
        request.add_header("Referer", self.address + "/demo/")
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as answer:
            there = answer.headers.get("Location", "")
            return ("sign-in", "") if there.startswith("/sign-in/") else (answer.code, there)
