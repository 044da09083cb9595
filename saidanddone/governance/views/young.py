"""What a meeting talks about and what came of it, told to young people (A14)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem
from saidanddone.governance.models.agenda import numbered
from saidanddone.governance.views.shared import crumbs_to, draw, keep_seats, typed
from saidanddone.reference.models import partnership
from saidanddone.ui.reading import marked, read

ON_IT = (states.ON_AGENDA, states.ENDED)
TEXTS = ("young_title", "plain", "young_minute")


@login_not_required
@for_everyone
@require_safe
def young_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda in plain words, and once the minutes are out, what came of each item."""
    keep_seats(request)
    visible = permissions.visible_meetings(request.user).select_related("body")
    meeting = get_object_or_404(permissions.with_minutes_out(request.user, visible), pk=pk)
    items = permissions.visible_items(request.user).filter(
        meeting=pk, state__in=ON_IT, restricted=False
    )
    agenda = numbered(items)
    told = [one for one in agenda if one.item.plain or one.item.young_minute]
    return draw(
        request, "young", meeting=meeting, body=meeting.body, told=told,
        rest=[one for one in agenda if one not in told],
        writes=permissions.is_clerk(request.user),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def item_young(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Write one item for young people, with how hard it reads beside it."""
    found = _item(request, pk, item)
    known = {name: getattr(found, name) for name in TEXTS}
    form = forms.YoungForm(typed(request), initial=known)
    if request.method == "POST" and form.is_valid():
        verbs.write_young_version(item=found, **form.cleaned_data, by=request.user)
        return redirect("young-meeting", pk=pk)
    crumbs = crumbs_to(
        found.body, ("Meeting", found.meeting.get_absolute_url()),
        (found.title, found.get_absolute_url()),
    )  # fmt: skip
    return draw(request, "item_young", item=found, form=form, crumbs=crumbs, **_score(form))


@require_POST
def item_young_score(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """How hard the words read as they are typed: a part of the page, for the script."""
    _item(request, pk, item)
    return render(request, "governance/_young_score.html", _score(forms.YoungForm(request.POST)))


def _item(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    visible = permissions.visible_items(request.user).filter(meeting=pk)
    found = get_object_or_404(visible.select_related("meeting__minutes", "body"), pk=item)
    require("write_young_version", permissions.item_verbs(request.user, found))
    return found


def _score(form: forms.YoungForm) -> dict[str, Any]:
    texts = [str(form[name].value() or "") for name in TEXTS]
    found = read(*texts)
    words = [marked(text, found.hard) for text in texts]
    return {
        "age": found.age, "limit": partnership().reading_age, "hard": found.hard,
        "parts": [text for text in words if "<mark>" in text], "written": any(texts),
    }  # fmt: skip
