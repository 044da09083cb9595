"""Papers behind agenda items, drawn as tagged PDFs with typst."""

import json

import typst
from django.core.files.base import ContentFile

from saidanddone.dev.demonstration.source import read

SHEET = """
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title, author: "Bury Children’s Partnership (example)")
#set page(paper: "a4", margin: 24mm, numbering: "1 of 1")
#set text(lang: "en", region: "GB", size: 11pt, font: "Libertinus Serif")
#set par(leading: 0.75em, spacing: 1.2em)
#show heading.where(level: 1): set text(size: 20pt)
#show heading: set block(above: 1.6em, below: 0.9em)
#text(size: 10pt)[Bury Children’s Partnership · an example paper]
= #told.title
#text(size: 13pt, told.lede)
#for part in told.sections [
  == #part.heading
  #part.text
]
== #told.table.caption
#table(
  columns: told.table.headings.len(), inset: 6pt, stroke: 0.5pt + luma(150),
  table.header(..told.table.headings.map(word => strong(word))),
  ..told.table.rows.flatten(),
)
People, figures and prices in this paper are invented.
"""


def drawn(key: str) -> tuple[str, ContentFile]:
    """A paper's title and its PDF."""
    told = next(paper for paper in read("papers", "paper") if paper["key"] == key)
    pdf = typst.compile(
        SHEET.encode(), sys_inputs={"told": json.dumps(told)}, pdf_standards="ua-1",
        ignore_system_fonts=True,  # the same on every machine
    )  # fmt: skip
    return told["title"], ContentFile(pdf, name=f"{key}.pdf")
