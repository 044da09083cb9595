"""The log page: who did what, for privacy officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saidanddone.audit import forms, permissions, verbs


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest lines first, as many as one page holds; looking is a line itself."""
    form = forms.LogForm(request.GET)
    wishes = form.cleaned_data if form.is_valid() else {}
    found = verbs.look_at_audit(**wishes, by=request.user) if form.is_valid() else []
    page = found[: verbs.PAGE]
    older = request.GET.copy()
    older["before"] = str(page[-1].pk) if len(found) > verbs.PAGE else ""
    return render(
        request,
        "audit/log.html",
        {
            "form": form,
            "lines": page,
            "names": permissions.names_of(page),
            "asked": any(wishes.values()),
            "older": older.urlencode() if older["before"] else "",
        },
    )
