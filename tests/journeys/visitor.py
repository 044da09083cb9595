"""Somebody at a browser: what they can do, said as a person would say it."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
# What a test has no use for. The address line's two hidden pages were drawn anew for each window,
# a fifth of all that the browser did. Naming any replaces what Playwright leaves out by itself.
LEFT_OUT = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding",
    "LensOverlay", "MediaRouter", "OptimizationHints", "ThirdPartyStoragePartitioning", "Translate",
]  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    f"--disable-features={','.join(LEFT_OUT)}",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Visitor:
    """A window of their own, with nothing in it from anybody else."""

    def __init__(self, browser: Browser, address, *, phone, script, dark, width):
        size = dict(PHONE if phone else DESK)
        if width:
            size["width"] = width
        self.address = address
        self.complaints = []
        self.context = browser.new_context(
            viewport=size, java_script_enabled=script, color_scheme="dark" if dark else "light",
            locale="en-GB", timezone_id="Europe/London",
        )  # fmt: skip
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("response", self._look)

    def _listen(self, message):
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.complaints.append(message.text)

    def _look(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def leave(self):
        """Close the window; whatever the browser complained of fails the test."""
        self.context.close()
        assert self.complaints == [], self.page.url

    def go(self, path):
        """Open an address of ours, once the page before has come to rest; the answer's status."""
        self.page.wait_for_load_state()
        return self.page.goto(self.address + path).status

    def sign_in(self, who):
        """Sign in as a persona of the demonstration, by the button on its page."""
        self.go("/demo/")
        self.page.locator(f'form:has([name="persona"][value="{who}"]) button').click()
        expect(self.page.locator("h1")).to_be_visible()

    def type(self, **fields):
        """Fill fields by their labels' beginning or by their names: words__ is 'words'."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def choose(self, name, value):
        """Choose one of a list, whether it is drawn as tiles or as a menu."""
        field = self.page.locator(f'[name="{name}"]').first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            tile = self.page.locator(f'.choice:has([name="{name}"][value="{value}"])')
            tile.locator("label").click()  # the whole tile is the target

    def press(self, words):
        """Press the button or follow the link that says so."""
        button = self.page.get_by_role("button", name=words, exact=True)
        found = button if button.count() else self.page.get_by_role("link", name=words, exact=True)
        found.first.click()
        self.page.wait_for_load_state()

    def send(self, words):
        """Press the button that says so, and wait for the page that follows: a form may ask first
        whether the line is there.
        """
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).first.click()

    def sees(self, words):
        """These words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(words)

    def does_not_see(self, words):
        """These words stand nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(words)

    def path(self):
        """Where the visitor is now."""
        return self.page.url.removeprefix(self.address)

    def number(self):
        """The number in the address where the visitor is now."""
        return int(re.search(r"/(\d+)/", self.path()).group(1))

    def picture(self, name):
        """Keep a picture of the whole page for a person to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
