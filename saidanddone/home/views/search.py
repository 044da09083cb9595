"""One search box over all that exists so far, with the same permissions as reading (H3)."""

from dataclasses import dataclass

from django import forms
from django.contrib.postgres.search import SearchRank, SearchVector
from django.db.models import CharField, F, FloatField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from saidanddone.bulletin import permissions as bulletin
from saidanddone.core.finding import CONFIG, Question, asked
from saidanddone.events import permissions as events
from saidanddone.governance import permissions as governance
from saidanddone.library import permissions as library
from saidanddone.participation import permissions as participation
from saidanddone.participation import states
from saidanddone.people import permissions as people
from saidanddone.people.models import User

MOST_OF_A_KIND = 12  # so that a thousand papers cannot hide one decision

FOUND = ("found_kind", "found_ref", "found_title", "found_hint", "found_rank")
KINDS = {
    "person": ("Person", "person"),
    "body": ("Board or group", "board"),
    "meeting": ("Meeting", "meeting"),
    "paper": ("Paper", "paper"),
    "decision": ("Decision", "decision"),
    "issue": ("Issue", "issue"),
    "reply": ("Reply", "issue"),
    "document": ("Document", "document"),
    "practice": ("Good practice", "practice"),
    "session": ("Session", "session"),
    "item": ("In a bulletin", "bulletin-item"),
    "member": ("In the network", "member"),
}


class SearchForm(forms.Form):
    """The words to look for."""

    q = forms.CharField(label="Search everything you may see", max_length=120, required=False)


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, what it is called, where it is."""

    kind: str
    title: str
    hint: str
    href: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """For everyone who signs in; finds, counts and hints at nothing that they may not read."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    hits = find(request.user, words) if words else []
    return render(request, "home/search.html", {"form": form, "words": words, "hits": hits})


def find(user: User, words: str) -> list[Hit]:
    """The best of each kind, best first, in one query."""
    query = asked(words)
    first, *others = [capped(*one, query) for one in searched(user, query)]
    found = first.union(*others, all=True).order_by("-found_rank", "found_title")
    return [hit(*values[:4]) for values in found]


def searched(user: User, query: Question) -> list[tuple]:
    """Kind, readable records, the field that addresses one, its title, hint, searched fields.

    Documents keep what is searched in a column with an index: their words are many.
    """
    documents = library.visible_documents(user).listed().about(query)
    replies = participation.visible_issues(user).filter(reply__state=states.SENT)
    return [
        ("person", people.visible_posts(user), "user", "user__name", "organisation__name",
         ["user__name", "title", "organisation__name"]),
        ("body", governance.visible_bodies(user), "slug", "name", "purpose", ["name", "purpose"]),
        ("meeting", governance.visible_meetings(user), "pk", "body__name", "place",
         ["body__name", "place"]),
        ("paper", governance.visible_papers(user), "pk", "title", "item__title",
         ["title", "item__title"]),
        ("decision", governance.visible_decisions(user), "pk", "wording", "number",
         ["wording", "number", "reasons"]),
        ("issue", participation.visible_issues(user), "pk", "title", "wording",
         ["title", "wording"]),
        ("session", events.visible_sessions(user), "slug", "title", "about",
         ["title", "about", "learn", "presenters"]),
        ("reply", replies, "pk", "title", "reply__decided", ["reply__decided", "reply__why"]),
        ("document", documents, "slug", "title", "summary", "search"),
        ("practice", library.visible_practices(user).listed(), "pk", "title", "changed",
         ["title", "done", "children", "changed"]),
        ("item", bulletin.visible_items(user), "pk", "title", "words", ["title", "words"]),
        ("member", people.visible_members(user), "pk", "user__name", "user__name", ["user__name"]),
    ]  # fmt: skip


def capped(
    kind: str, records: QuerySet, address: str, title: str, hint: str, fields: list[str] | str,
    query: Question,
) -> QuerySet:  # fmt: skip
    """The best few of one kind, in the shape that the union needs."""
    kept = isinstance(fields, str)
    vector = F(fields) if kept else SearchVector(*fields, config=CONFIG)
    return (
        records.alias(vector=vector)
        .filter(vector=query)
        .order_by()
        .annotate(
            found_kind=Value(kind, CharField()),
            found_ref=Cast(F(address), CharField()),
            found_title=Cast(F(title), CharField()),
            found_hint=Cast(F(hint), CharField()),
            found_rank=Cast(SearchRank(vector, query), FloatField()),
        )
        .values_list(*FOUND)
        .distinct()
        .order_by("-found_rank")[:MOST_OF_A_KIND]
    )


def hit(kind: str, ref: str, title: str, hint: str | None) -> Hit:
    """A row of the union, in words."""
    name, address = KINDS[kind]
    return Hit(name, title, (hint or "")[:160], reverse(address, args=[ref]))
