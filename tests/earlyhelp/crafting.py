"""Posts as somebody would craft them who knows every form, and what each changed in any family."""

import contextlib
import json
import re
import uuid
from datetime import timedelta
from io import BytesIO

from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.template.backends import jinja2
from PIL import Image

from saidanddone.core import clock, identity
from saidanddone.earlyhelp.forms.telling import PastDay
from saidanddone.earlyhelp.models import Family, FamilyMember, Look, Story
from saidanddone.people.models import Post, User
from saidanddone.ui.forms import DayField

TABLES = {
    model._meta.db_table: model
    for model in apps.get_app_config("earlyhelp").get_models() if model is not Look
}  # fmt: skip
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(earlyhelp_\w+)')
PEOPLE = {User, Post}  # an agency is no family's: others may share with it too
ROUND = ("lead", "supervisor", "member", "quiet", "parent", "other", "young")
OF_A_STORY = [
    model for table, model in TABLES.items()
    if not table.endswith("event") and {"id", "story"} <= {one.name for one in model._meta.fields}
]  # fmt: skip
PAST = {"said_on", "drawn_on", "held_on"}
CHANCE = 36  # signs of a number by chance; one that is counted says nothing of whose it is
HANDS = {
    "gathered_by_id",
    "recorded_by_id",
    "made_by_id",
    "judged_by_id",
    "set_by_id",
    "invited_by_id",
    "decided_by_id",
    "member_id",
    "child_id",
}
WORDS = "Crafted by hand"


def rows(tables=TABLES):
    """Every row of these tables of families, as the product itself sees them; looks are none of them."""
    every = " UNION ALL ".join(
        f"SELECT '{table}', to_jsonb(t)::text FROM {table} AS t" for table in tables
    )
    with identity.as_system("test"), connection.cursor() as cursor:
        cursor.execute(every)
        return set(cursor.fetchall())


@contextlib.contextmanager
def undone():
    """What is done inside is undone afterwards, so that every attack meets the same family."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def watched():
    """The tables of families that are written to inside, looks apart."""
    written = set()

    def look(execute, sql, *args):
        if (found := WRITES.match(sql)) and found[1] in TABLES:
            written.add(found[1])
        return execute(sql, *args)

    with connection.execute_wrapper(look):
        yield written


@contextlib.contextmanager
def forms_made(patch):
    """Each form that a page makes inside, as its own view filled its choices."""
    made, before = [], forms.BaseForm.__init__

    def begin(form, *args, **kwargs):
        before(form, *args, **kwargs)
        made.append(form)

    with patch.context() as inside:
        inside.setattr(forms.BaseForm, "__init__", begin)
        inside.setattr(jinja2.Template, "render", lambda *_: "")  # slow, and not looked at here
        yield made


def filled_in(made):
    """What somebody would send who fills in every field of these forms."""
    with identity.as_system("test"):  # some choices are asked for only now
        return {
            form.add_prefix(name): value
            for form in made for name, field in form.fields.items()
            if (value := _filled(form, name, field)) is not None
        }  # fmt: skip


def _filled(form, name, field):
    if isinstance(field, forms.UUIDField):
        return str(uuid.uuid4()) if name == "once" else None
    if isinstance(field, forms.ModelChoiceField):
        return next((str(one.pk) for one in field.queryset), None)
    if isinstance(field, forms.ChoiceField):
        every = [str(code) for code, inner in field.choices if code and not isinstance(inner, list)]
        return every if isinstance(field, forms.MultipleChoiceField) else next(iter(every), None)
    return _typed(form, name, field)


def _typed(form, name, field):
    if isinstance(field, forms.BooleanField | forms.EmailField) or name == "born_on":
        return None
    if isinstance(field, forms.FileField):
        kept = BytesIO()
        Image.new("RGB", (4, 4)).save(kept, "PNG")
        return SimpleUploadedFile("drawn.png", kept.getvalue(), "image/png")
    if isinstance(field, DayField):
        past = name in PAST or isinstance(field, PastDay)
        return (clock.today() + timedelta(days=0 if past else 10)).isoformat()
    if isinstance(field, forms.IntegerField):
        return str(form.initial.get(name, 0))
    return WORDS[: getattr(field, "max_length", None)]


def again(sent):
    """The same once more: another press, and a file from its beginning."""
    sent = dict(sent)
    for name, value in sent.items():
        if hasattr(value, "seek"):
            value.seek(0)
        elif name.endswith("once"):
            sent[name] = str(uuid.uuid4())
    return sent


class Twins:
    """For each number of one family the number of the same thing of another."""

    def __init__(self, home, other):
        with identity.as_system("test"):
            both = list(zip(_numbers(home), _numbers(other), strict=True))
        self.of = {str(mine): str(theirs) for (_, mine), (_, theirs) in both}
        self.people = {(model, str(theirs)) for _, (model, theirs) in both if model in PEOPLE}
        self.numbers = {str(theirs) for _, (_, theirs) in both if len(str(theirs)) == CHANCE}

    def swapped(self, value):
        """The same sent, with the other family's numbers in it, names of fields included."""
        if isinstance(value, dict):
            return {self.swapped(name): self.swapped(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.swapped(one) for one in value]
        if not isinstance(value, str) or (value.isdigit() and len(value) < 2):
            return value
        found = re.fullmatch(r"(|[mp]|just-|[a-z-]+-[mp]?)([0-9a-f-]{36}|\d+)", value)
        return value if found is None else found[1] + self.of.get(found[2], found[2])


def _numbers(home):
    """Every number by which something may hang on a family, its team or its people, in one order."""
    for name in ROUND:
        person = getattr(home, name)
        yield User, person.pk
        if person.acting_for:
            yield Post, person.acting_for.pk
    for key in sorted(home.people):
        yield FamilyMember, home.people[key].pk
    yield Story, home.story.pk
    yield Family, home.story.family_id
    for model in OF_A_STORY:
        for one in model.objects.filter(story=home.story.pk).order_by("pk"):
            yield model, one.pk


def strange(changed, twins):
    """Of the rows that changed, those that touch another family, its team or its people."""
    found = []
    for table, text in changed:
        row = json.loads(text)
        keys = {one.attname: one.related_model for one in TABLES[table]._meta.concrete_fields}
        people = {(model, str(row[name])) for name, model in keys.items() if model in PEOPLE}
        if people & twins.people or {str(one) for one in row.values()} & twins.numbers:
            found.append((table, text))
    return found


def hands(changed, before):
    """Whose hand wrote what is new: the columns that say so, with the post or person in them."""
    for table, text in changed - before:
        if table.endswith("event"):
            continue
        row = json.loads(text)
        known = [old for name, old in before if name == table and str(row.get("id")) in old]
        if not known:
            yield from ((table, name, row[name]) for name in HANDS & set(row) if row[name])
