"""A test client that inspects: each page must be sound, and looking must change nothing."""

import re
from contextlib import nullcontext
from html.parser import HTMLParser

from django.db import connection
from django.test import Client

WRITES = re.compile(
    r'^\s*(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|MERGE\s+INTO)\s+"?(\w+)',
    re.IGNORECASE,
)
# What looking may touch: when the session was seen, what everybody's limits count, who looked,
# and how often a letter's links were followed.
TOUCHED_BY_LOOKING = {
    "people_session", "shared_cache", "pghistory_context", "bulletin_followed", "earlyhelp_look",
}  # fmt: skip
TYPED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class LookingChangedError(AssertionError):
    """A GET wrote something."""


class CheckingClient(Client):
    """Django's client; a page that comes back with 200 is looked through before a test sees it."""

    def generic(self, method, path, *args, **kwargs):
        """Ask, and complain of a page that a person could not use, or that changed something."""
        looking = method in {"GET", "HEAD"}
        written = []
        guard = connection.execute_wrapper(watch(written)) if looking else nullcontext()
        with guard:
            response = super().generic(method, path, *args, **kwargs)
        if written:
            raise LookingChangedError(f"{method} {path} wrote: {'; '.join(written)}")
        if response.status_code == 200 and is_page(response):
            faults = faults_of(response.content.decode())
            assert not faults, f"{path}: {'; '.join(faults)}"
        return response


def watch(written):
    """A wrapper around each statement that notes those which write where looking may not."""

    def wrapper(execute, sql, params, many, context):
        table = WRITES.match(sql)
        if table and table[1] not in TOUCHED_BY_LOOKING:
            written.append(sql[:100])
        return execute(sql, params, many, context)

    return wrapper


def is_page(response):
    """Whether a browser would draw it; a stream is left for its reader."""
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not response.streaming


def faults_of(html):
    """What is wrong with a page, as sentences."""
    page = Page()
    page.feed(html)
    page.close()
    return page.all_faults()


class Page(HTMLParser):
    """Reads a page once, and remembers what an inspector asks about."""

    def __init__(self):
        super().__init__()
        self.faults, self.ids, self.fields, self.labelled = [], [], [], set()
        self.headings, self.language, self.title, self.inside = 0, "", "", []

    def handle_starttag(self, tag, attrs):
        """Look at one element."""
        given = dict(attrs)
        self.inside += [tag] if tag in {"title", "label", "svg"} else []
        self.headings += tag == "h1"
        if tag == "html":
            self.language = given.get("lang") or ""
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        self.look_at_attributes(tag, given)
        if tag in TYPED and given.get("type") not in UNLABELLED_TYPES:
            self.fields.append((given, "label" in self.inside))

    def look_at_attributes(self, tag, given):
        """Nothing inline, which the content policy forbids; no picture without words."""
        for name in given:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag}> has an inline {name}")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"a picture without words: {given.get('src')}")
        if (
            tag in {"script", "style"}
            and "src" not in given
            and given.get("type") != "application/json"
        ):
            self.faults.append(f"an inline <{tag}>")
        if (
            tag == "form"
            and (given.get("method") or "get").lower() == "get"
            and "csrf" in str(given)
        ):
            self.faults.append("a form that looks carries a token")

    def handle_endtag(self, tag):
        """Leave an element."""
        if tag in self.inside:
            self.inside.reverse()
            self.inside.remove(tag)
            self.inside.reverse()

    def handle_data(self, data):
        """Gather the page's title."""
        if self.inside == ["title"]:
            self.title += data

    def all_faults(self):
        """Everything that was found, once the page is read."""
        if self.headings != 1:
            self.faults.append(f"{self.headings} first headings instead of one")
        if not self.title.strip():
            self.faults.append("no title")
        if not self.language:
            self.faults.append("no language")
        twice = {name for name in self.ids if self.ids.count(name) > 1}
        if twice:
            self.faults.append(f"ids used twice: {sorted(twice)}")
        for given, within in self.fields:
            named = given.get("aria-label") or given.get("aria-labelledby") or given.get("title")
            if not (within or named or given.get("id") in self.labelled):
                self.faults.append(f"a field without a label: {given.get('name') or given}")
        return self.faults
