"""What is asked of every page: accessibility rules, correct HTML, weight, no sideways scroll."""

import gzip
import json
import subprocess
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).resolve().parents[2]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # of what passes, it need not tell every place
}
MOST_HTML = 8_000  # bytes, compressed


def axe_faults(page):
    """Each accessibility rule that the page breaks, with the first place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def scrolls_sideways(page):
    """Whether anything sticks out of the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def weight(html):
    """Bytes of the page as a server would send them."""
    return len(gzip.compress(html.encode(), 6))


def checker():
    """The Nu HTML checker, where ./test put it."""
    return next(ROOT.glob(".cache/**/vnu.jar"))


def html_faults(folder):
    """What the Nu HTML checker says of every page in the folder, in one call."""
    told = subprocess.run(
        ["java", "-Xss2m", "-jar", str(checker()), "--format", "json", "--errors-only",
         "--exit-zero-always", "--skip-non-html", str(folder)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    messages = json.loads(told.stderr or '{"messages": []}')["messages"]
    return [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in messages]
