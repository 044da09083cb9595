"""One's own account: posts, roles, how one signs in, and where one is signed in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from saidanddone.core.numbers import number
from saidanddone.people import forms, permissions, roles, verbs
from saidanddone.people.models import Post, User
from saidanddone.people.signin import confidential


def account(request: HttpRequest) -> HttpResponse:
    """My posts, my roles in a sentence each, my ways to sign in, my sessions."""
    person = request.user
    kinds = [step.type for step in person.authenticator_set.all()]
    here = request.session.session_key
    return render(
        request,
        "people/account.html",
        {
            "posts": [(post, rights(person, post)) for post in person.posts_now],
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "has_app": Authenticator.Type.TOTP in kinds,
            "needs_more": needs_more(person),
            "elsewhere": permissions.sessions_elsewhere(person, here).count(),
        },
    )


@require_safe
@confidential
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """The end of signing in anew in a second window, while words wait in the first."""
    return render(request, "people/signed_in_again.html")


def rights(person: User, post: Post) -> list[tuple[type[roles.Role], bool]]:
    """The roles of a post, and whether each may be used in this session."""
    held = [roles.BY_CODE[code] for code in post.roles if code in roles.BY_CODE]
    return [(role, person.strong or not role.strong) for role in held]


def needs_more(person: User) -> bool:
    """Whether a role of theirs waits for a passkey or a second step."""
    held = {code for post in person.posts_now for code in post.roles}
    return not person.strong and any(roles.BY_CODE[code].strong for code in held)


def change_name(request: HttpRequest) -> HttpResponse:
    """Be called something else."""
    form = forms.Name(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        verbs.change_name(person=request.user, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, "Your name is changed.")
        return redirect("account")
    return render(request, "people/change_name.html", {"form": form})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End my sessions in every other browser."""
    verbs.sign_out_everywhere(person=request.user, by=request.user, but=request.session.session_key)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("account")


def acting_for(request: HttpRequest) -> HttpResponse:
    """Choose the post that I act for."""
    if request.method == "POST":
        return _act_for(request)
    here = request.GET.get("next", "")
    return render(
        request, "people/acting_for.html", {"posts": request.user.posts_now, "next": here}
    )


def _act_for(request: HttpRequest) -> HttpResponse:
    chosen = number(request.POST.get("post"))
    post = verbs.act_for(session=request.session, post_id=chosen, by=request.user)
    if post is None:
        messages.error(request, "This post is not one of yours today. Choose another one.")
        return redirect("acting-for")
    messages.success(request, f"You now act for {post.organisation}.")
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, allowed_hosts=None)
    return HttpResponseRedirect(after if safe else "/my-day/")
