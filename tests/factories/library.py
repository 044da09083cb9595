"""Documents, versions, siblings and examples for tests and benches, made as rows and not by verbs."""

from datetime import timedelta
from itertools import count

import pgtrigger
from django.core.files.base import ContentFile
from django.db import connection

from saidanddone.core import clock
from saidanddone.library import states
from saidanddone.library.models import Document, Practice, Sibling, Version
from saidanddone.library.verbs.words import index
from tests.factories.people import make_post, make_user

_numbers = count(1)
WORDS = "Words that nobody has to know."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_document(state=states.PUBLISHED, *, text=WORDS, readers=(), organisations=(), **over):
    """A document with its first version, out and findable unless told otherwise."""
    number = next(_numbers)
    given = {
        "title": f"Document {number}", "slug": f"document-{number}", "kind": "strategy",
        "review_on": clock.today() + timedelta(days=300), "summary": "What we mean to do.",
    } | over  # fmt: skip
    given["owner"] = given.get("owner") or make_post("officer")
    if given.get("restricted"):
        given.setdefault("restricted_why", "About one family")
    document = Document.objects.create(**given)
    document.reader_posts.set(readers)
    document.reader_organisations.set(organisations)
    draft = state == states.DRAFT
    version = make_version(
        states.DRAFT if draft else states.PUBLISHED, document=document, text=text
    )
    if not draft:
        Document.objects.filter(pk=document.pk).update(**out_now(state, version))
        document.refresh_from_db()
    index(document)
    return document


def out_now(state, version):
    """What a document says once it has been out."""
    found = {"state": state, "current": version, "published_at": clock.now()}
    if state == states.WITHDRAWN:
        found |= {"withdrawn_at": clock.now(), "withdrawn_why": "It held a mistake"}
    return found


def make_version(state=states.DRAFT, **over):
    """A version with a small file; read already if words are given."""
    given = {"text": ""} | over
    given["document"] = given.get("document") or make_document()
    given.setdefault("number", given["document"].versions.count() + 1)
    return Version.objects.create(**filed(state, given))


def make_sibling(state=states.PUBLISHED, **over):
    """An easy read of a document's first version."""
    given = {"kind": "easy_read", "text": ""} | over
    given["version"] = given.get("version") or make_document().current
    if given.get("link"):
        given = {"file": "", "reading": "no_words"} | given
    return Sibling.objects.create(**filed(state, given))


def filed(state, given):
    """What a version and a sibling have in common."""
    made = {
        "state": state, "media_type": "application/pdf", "size": len(PDF),
        "reading": "read" if given["text"] else "waiting",
    } | given  # fmt: skip
    if "file" not in made:
        made["file"] = ContentFile(PDF, name=f"{next(_numbers)}.pdf")
    if state != states.DRAFT:
        made.setdefault("published_at", clock.now())
        made["published_by"] = made.get("published_by") or make_user()
    if state == states.WITHDRAWN:
        made.setdefault("withdrawn_why", "Wrong file")
    return made


def make_practice(state=states.PUBLISHED, **over):
    """An example; listed for a year yet unless told otherwise."""
    given = {
        "title": f"Example {next(_numbers)}", "sector": "health", "done": "We asked them.",
        "children": "Twelve of them wrote it.", "changed": "More of them came.", "state": state,
    } | over  # fmt: skip
    given["contact"] = given.get("contact") or make_post("practitioner")
    given.setdefault("submitted_by", given["contact"].user)
    if state == states.PUBLISHED:
        given = {
            "published_at": clock.now(), "published_by": make_user(),
            "confirm_by": clock.today() + timedelta(days=365),
            "unlisted_from": clock.today() + timedelta(days=425),
        } | given  # fmt: skip
    if state in {states.ASKED, states.DECLINED, states.WITHDRAWN}:
        given.setdefault("why", "Say how many took part")
    return Practice.objects.create(**given)


# ------------------------------------------------------------------ very many, for benches

# Words by how often they stand in a text: most texts hold the first, few hold the last.
COMMON = ["children", "families", "school", "health", "support", "plan", "partners", "young", "help",
          "service"]  # fmt: skip
MANY = """
WITH made AS (
    INSERT INTO library_document (slug, title, kind, summary, owner_id, restricted, restricted_why,
        state, created_at, published_at, withdrawn_why, search, current_id)
    SELECT 'many-' || n, 'Paper ' || n, (ARRAY['plan', 'strategy', 'report', 'guidance'])[1 + mod(n, 4)],
        'A paper about ' || (%(common)s)[1 + mod(n, 10)], %(owner)s, false, '', 'draft',
        now(), now() - n * interval '1 hour', '', NULL, NULL
    FROM generate_series(%(first)s::int, %(last)s::int) AS n RETURNING id, slug, title, summary
), worded AS (
    SELECT made.id, made.title, made.summary, (
        SELECT string_agg(CASE WHEN mod(k, 5) = 0 THEN (%(common)s)[1 + mod(made.id * 7 + k / 5, 10)]
            ELSE 'w' || lpad(((mod(mod(hashint8(made.id * 1000 + k), 10007) + 10007, 10007) / 10007.0::float8)
            ^ 3 * 19999)::int::text, 5, '0') END, ' ')
        FROM generate_series(1, %(length)s) AS k
    ) AS text FROM made
)
INSERT INTO library_version (document_id, number, file, media_type, size, reading, text, approved_by,
    precision, state, added_at, published_at, withdrawn_why, changed)
SELECT id, 1, 'library/none.pdf', 'application/pdf', 120000, 'read', text, 'The Board', 'unknown',
    'published', now(), now(), '', '' FROM worded
"""
OUT = """
UPDATE library_document AS document SET state = 'published', current_id = version.id, search =
    setweight(to_tsvector('english', document.title), 'A')
    || setweight(to_tsvector('english', document.summary), 'B')
    || setweight(to_tsvector('english', version.text), 'C')
FROM library_version AS version WHERE version.document_id = document.id AND document.state = 'draft'
    AND starts_with(document.slug, 'many-')
"""


def make_many(number, *, length=400, at_once=5000):
    """So many published documents with a text of `length` words each, quickly: rows, no files.

    `children` stands in nearly all of them, w19990 in very few. History is not written. Whoever
    measures lets the owner ANALYZE both tables first, as autovacuum does in a real place.
    """
    owner = make_post("officer").pk
    history = ("library.Document:insert_insert", "library.Document:update_update")
    common = f"ARRAY{COMMON}"
    with pgtrigger.ignore(*history), connection.cursor() as cursor:
        for first in range(1, number + 1, at_once):
            last = min(first + at_once - 1, number)
            told = {"first": first, "last": last, "owner": owner, "length": length}
            cursor.execute(MANY % (told | {"common": common}))  # numbers of ours alone
            cursor.execute(OUT)
