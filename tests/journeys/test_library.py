"""The library: kept by the clerk, searched by its words, and good practice that goes from hand to hand."""

import time

import pytest

from tests.core.papers import docx, typeset

pytestmark = pytest.mark.journey

FIRST, SECOND = "capybara", "wombat"
WAIT = 90  # seconds within which a worker reads the words out of a new file


def paper(folder, word, name="plan.pdf"):
    """A real PDF with this word in it, on disk, as somebody chooses it."""
    path = folder / name
    path.write_bytes(typeset("= What we want", f"Every park has a pond for its {word}."))
    return path


def choose_file(visitor, path):
    """Choose a file in the form that is open."""
    visitor.page.locator('[name="upload"]').set_input_files(path)


def publish(clerk):
    """Publish what is open, with the review day that is offered."""
    clerk.page.get_by_role("link", name="Publish it").first.click()
    clerk.page.wait_for_load_state()
    clerk.press("Publish it")
    clerk.sees("It is out")


def found_by_its_word(reader, word, title):
    """Search until the worker has read the file."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        reader.go(f"/library/?q={word}&try={time.monotonic_ns()}")  # past the minute's cache
        if reader.page.get_by_role("link", name=title).count():
            return
        reader.page.wait_for_timeout(2_000)
    reader.sees(title)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_document_with_its_versions_is_found_by_its_words(visit, tmp_path, script):
    title = f"Plan for ponds, {'with' if script else 'without'} a script"
    clerk, reader = visit("clerk", script=script), visit(phone=True, script=script)
    address = document_of(clerk, tmp_path, title)
    found_by_its_word(reader, FIRST, title)
    reader.sees(f"pond for its {FIRST}")
    reader.press(title)
    reader.sees("By the Parks Board, 3 March 2025")
    reader.press("Read it here")
    reader.sees(f"Every park has a pond for its {FIRST}.")
    clerk.go(address)
    clerk.press("Add a version")
    choose_file(clerk, paper(tmp_path, SECOND, "second.pdf"))
    clerk.type(changed="Wombats now.")
    clerk.press("Add the version")
    publish(clerk)
    clerk.press("Add the same for other readers")
    clerk.choose("kind", "easy_read")
    easy = tmp_path / "easy.docx"
    easy.write_bytes(docx("Ponds for everybody"))
    choose_file(clerk, easy)
    clerk.press("Add it")
    clerk.press("Publish: Easy read")
    clerk.sees("“Easy read” is out")
    reader.go(f"{address}?{time.monotonic_ns()}")
    reader.sees("Easy read")
    reader.sees("Wombats now.")
    reader.press("Version 1")
    reader.sees("There is a newer version")
    with reader.page.expect_download() as saved:
        reader.page.get_by_role("link", name="Download it").click()
    assert saved.value.suggested_filename == f"{title}, version 1.pdf"
    if script:
        reader.go(f"{address}?{time.monotonic_ns()}")
        reader.picture("journey-library")


def document_of(clerk, folder, title):
    """A document with this title, out; its address."""
    clerk.go("/library/new/")
    choose_file(clerk, paper(folder, FIRST))
    clerk.type(title=title, approved_by="the Parks Board", approved_on="3 March 2025")
    clerk.choose("kind", "plan")
    clerk.page.locator('[name="owner"]').select_option(index=1)
    clerk.press("Add the document")
    clerk.sees("only you and its owner see it")
    address = clerk.path()
    publish(clerk)
    return address


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_good_practice_goes_from_hand_to_hand(visit, script):
    title = f"Ponds that children drew, {'with' if script else 'without'} a script"
    teller, clerk = visit("practitioner", phone=True, script=script), visit("clerk", script=script)
    teller.go("/library/")
    teller.press("good practice")
    teller.press("Tell us what worked")
    teller.type(title=title, done="They drew them, we dug them.", children="Thirty drew.")
    teller.choose("sector", "school")
    teller.press("Send it")
    teller.sees("Fill in: What changed?")  # and nothing that was typed is lost
    teller.type(changed="Frogs came.")
    teller.press("Send it")
    teller.sees("Waiting to be read")
    clerk.go("/my-day/")
    clerk.page.get_by_role("link", name="example").first.click()
    clerk.press(title)
    clerk.press("Publish it")
    clerk.sees("It is out")
    anybody = visit(script=script)
    anybody.go(f"/good-practice/?q=frogs&{time.monotonic_ns()}")
    anybody.press(title)
    anybody.sees("They drew them, we dug them.")
    anybody.sees("Pastoral Lead")
    anybody.does_not_see("Wilf Tanglewood")
