"""Files that people reads: public registers of schools, of the NHS and of charities."""

from saidanddone.core.imports import Kind
from saidanddone.people import verbs
from saidanddone.people.imports import registers

MOST_BYTES = 250_000_000

SCHOOLS, NHS, CHARITIES = (
    Kind(
        name=name, about=about, most=MOST_BYTES, narrows=("only",), options=(), read=read,
        look=verbs.look_at_register, take=verbs.take_register,
        after="All of it is kept. It can be undone at /organisations/import/.",
    )
    for name, about, read in (
        ("schools", "schools from GIAS, or its links between schools (CSV, zip)",
         registers.schools),
        ("nhs", "practices and other bodies of the NHS from ODS (CSV, zip)", registers.nhs),
        ("charities", "the Charity Commission’s register (JSON, text, zip)", registers.charities),
    )
)  # fmt: skip
KINDS = {kind.name: kind for kind in (SCHOOLS, NHS, CHARITIES)}
