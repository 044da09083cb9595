"""The library: documents with versions and what was made from them; good practice in each sector."""

import io
import json
import math
import struct
import wave
import zipfile
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

import typst
from django.core.files.base import ContentFile

from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.library import verbs
from saidanddone.library.models import Document, Practice, Sibling
from saidanddone.people.models import User
from saidanddone.reference.models import Topic

CLERK, READER = "democratic", "worker"
SHEET = """
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title, author: "Bury Children’s Partnership (example)")
#set page(paper: "a4", margin: 24mm, numbering: "1 of 1")
#set text(lang: told.lang, size: 12pt, font: "Libertinus Serif")
#set par(leading: 0.75em, spacing: 1.2em)
#show heading.where(level: 1): set text(size: 22pt)
#show heading: set block(above: 1.6em, below: 0.9em)
= #told.title
#text(size: 14pt, told.lede)
#for part in told.sections [
  == #part.at(0)
  #part.at(1)
]
"""
SCAN = '#set page(paper: "a5")\n#rect(width: 100%, height: 60%, fill: luma(225))'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-package"


def plan(story: Story) -> None:
    """Each version on the day it was approved; each example as long ago as it says."""
    for told in read("library", "document"):
        _plan_document(story, told)
    for told in read("library", "practice"):
        story.then(-told["ago"], _submit, told=told)
        if not told.get("waiting"):
            story.then(1 - told["ago"], _answer, told=told)
        if "withdrawn" in told:
            story.then(-told["withdrawn"]["ago"], _take_off, told=told)


def _plan_document(story: Story, told: dict) -> None:
    """Its versions, what was made of them, and what was taken back, each on its day."""
    if "begun" in told:
        story.then(-told["begun"], _begin, told=told)
    for number, version in enumerate(told["versions"]):
        story.on(version["on"], _bring, told=told, version=version, number=number)
        if back := version.get("taken_back"):
            story.on(back["on"], _take_version_back, told=told, number=number + 1, why=back["why"])
    for sibling in told.get("siblings", []):
        if "waits" in sibling:
            story.then(-sibling["waits"], _offer_for_others, told=told, sibling=sibling)
            continue
        story.on(sibling["on"], _make_for_others, told=told, sibling=sibling)
        if back := sibling.get("taken_back"):
            story.on(back["on"], _take_back_from_others, sibling=sibling, why=back["why"])
    if "draft" in told:
        story.then(-3, _draft, told=told, version=told["draft"])
    if back := told.get("withdrawn"):
        story.on(back["on"], _withdraw, told=told, why=back["why"])


# ------------------------------------------------------------------ documents


def _begin(story: Story, told: dict) -> None:
    """A place that the clerk has made for a paper, before there is anything in it."""
    story.documents[told["key"]] = verbs.add_document(
        title=told["title"], kind=told["kind"], summary=told["summary"],
        owner=story.post(told["owner"]), slug=told["key"].replace("_", "-"),
        topics=Topic.objects.filter(code__in=told["topics"]), by=story.people[CLERK],
    )  # fmt: skip


def _bring(story: Story, told: dict, version: dict, number: int) -> None:
    """The first version brings its document; the last one says when to look at it again."""
    clerk, file = story.people[CLERK], _file(told, version)
    last = number == len(told["versions"]) - 1
    review = story.today + timedelta(days=told["review_in"]) if last else None
    approval = {"approved_by": version["by"], "precision": version.get("precision", "day")}
    approval["approved_on"] = version["on"] if version["by"] else None
    if number == 0:
        document = verbs.add_document(
            title=told["title"], kind=told["kind"], summary=told["summary"], upload=file,
            owner=story.post(told["owner"]), slug=told["key"].replace("_", "-"), by=clerk,
            topics=Topic.objects.filter(code__in=told["topics"]), **_readers(story, told),
            **approval,
        )  # fmt: skip
        story.documents[told["key"]] = document
        verbs.publish_document(document=document, review_on=review, by=clerk)
        return
    document = _document(story, told)
    made = verbs.add_version(
        document=document, upload=file, changed=version["changed"], by=clerk, **approval
    )
    verbs.publish_version(version=made, review_on=review, by=clerk)


def _readers(story: Story, told: dict) -> dict[str, Any]:
    if "restricted" not in told:
        return {}
    return {
        "restricted": True, "restricted_why": told["restricted"],
        "reader_posts": [story.post(key) for key in told["readers"]],
    }  # fmt: skip


def _take_version_back(story: Story, told: dict, number: int, why: str) -> None:
    version = _document(story, told).versions.select_related("document").get(number=number)
    verbs.withdraw_version(version=version, why=why, by=story.people[CLERK])


def _withdraw(story: Story, told: dict, why: str) -> None:
    verbs.withdraw_document(document=_document(story, told), why=why, by=story.people[CLERK])


def _make_for_others(story: Story, told: dict, sibling: dict) -> None:
    """An easy read, a translation … of the version that it names."""
    clerk = story.people[CLERK]
    made = _for_others(story, told, sibling, clerk)
    sibling["pk"] = made.pk
    verbs.publish_sibling(sibling=made, by=clerk)


def _offer_for_others(story: Story, told: dict, sibling: dict) -> None:
    """One that the owner has brought and that waits for the clerk."""
    _for_others(story, told, sibling, story.people[told["owner"]])


def _for_others(story: Story, told: dict, sibling: dict, by: User) -> Sibling:
    return verbs.add_sibling(
        version=_document(story, told).versions.get(number=sibling["version"]),
        kind=sibling["kind"], language=sibling.get("language", ""), link=sibling.get("link", ""),
        upload=None if "link" in sibling else _file(told, sibling), approved_by=sibling["by"],
        approved_on=sibling.get("on"), by=by,
    )  # fmt: skip


def _take_back_from_others(story: Story, sibling: dict, why: str) -> None:
    made = Sibling.objects.select_related("version__document").get(pk=sibling["pk"])
    verbs.withdraw_sibling(sibling=made, why=why, by=story.people[CLERK])


def _draft(story: Story, told: dict, version: dict) -> None:
    """A version that its owner has brought and nobody has looked at yet."""
    verbs.add_version(
        document=_document(story, told), upload=_file(told, version), changed=version["changed"],
        by=story.people[version["by"]],
    )  # fmt: skip


def _document(story: Story, told: dict) -> Document:
    return Document.objects.get(pk=story.documents[told["key"]].pk)


# ------------------------------------------------------------------ good practice


def _submit(story: Story, told: dict) -> None:
    made = verbs.submit_practice(
        title=told["title"], sector=told["sector"], done=told["done"], children=told["children"],
        changed=told["changed"], topics=Topic.objects.filter(code__in=told["topics"]),
        by=story.people[told["by"]],
    )  # fmt: skip
    story.practices[told["title"]] = made


def _answer(story: Story, told: dict) -> None:
    """Published, sent back with a question, or not taken; one is late to be confirmed."""
    practice, reader = _practice(story, told), story.people[READER]
    if "asked" in told:
        verbs.ask_for_change(practice=practice, why=told["asked"], by=reader)
    elif "declined" in told:
        verbs.decline_practice(practice=practice, why=told["declined"], by=reader)
    else:
        verbs.publish_practice(practice=practice, by=reader)


def _take_off(story: Story, told: dict) -> None:
    """Its contact takes it off the list."""
    by, why = story.people[told["by"]], told["withdrawn"]["why"]
    verbs.withdraw_practice(practice=_practice(story, told), why=why, by=by)


def _practice(story: Story, told: dict) -> Practice:
    return Practice.objects.get(pk=story.practices[told["title"]].pk)


# ------------------------------------------------------------------ files


def _file(told: dict, version: dict) -> ContentFile:
    """The paper itself, drawn: PDF, Word, a page without words, or a sound."""
    if version.get("sound"):
        return ContentFile(_sound(), name="spoken.wav")
    if version.get("word"):
        return ContentFile(_word(told["title"], version), name="paper.docx")
    source = SCAN if version.get("scan") else SHEET
    sheet = {
        "title": told["title"], "lede": version["lede"], "sections": version["sections"],
        "lang": version.get("language", "en"),
    }  # fmt: skip
    pdf = typst.compile(
        source.encode(), sys_inputs={"told": json.dumps(sheet)},
        ignore_system_fonts=True,  # the same on every machine
    )  # fmt: skip
    return ContentFile(pdf, name="paper.pdf")


def _word(title: str, version: dict) -> bytes:
    """A small file as Word writes them: a title, an introduction, headings and paragraphs."""
    body = _paragraph(title, "Title") + _paragraph(version["lede"])
    for heading, words in version["sections"]:
        body += _paragraph(heading, "Heading1") + _paragraph(words)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Default Extension="rels" ContentType="{TYPES}.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, words in parts.items():
            file.writestr(name, words)
    return out.getvalue()


def _paragraph(words: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def _sound() -> bytes:
    """Two quiet notes, in the place of somebody who reads the paper out."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        for pitch in (220, 277):
            notes = (int(4000 * math.sin(math.tau * pitch * n / 8000)) for n in range(6000))
            sound.writeframes(b"".join(struct.pack("<h", note) for note in notes))
    return out.getvalue()
