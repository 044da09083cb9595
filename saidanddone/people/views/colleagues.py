"""Colleagues: finding people, their posts, inviting, changing and ending."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saidanddone.core.access import require
from saidanddone.people import forms, permissions, roles, signin, verbs
from saidanddone.people.models import Post, User


def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works with us, by name, post or organisation."""
    if not permissions.is_professional(request.user):
        return render(request, "people/not_for_you.html", status=403)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    posts = Prefetch("posts", permissions.visible_posts(request.user), to_attr="shown_posts")
    found = permissions.people_matching(permissions.visible_people(request.user), words)
    page = Paginator(found.order_by(Lower("name"), "pk").prefetch_related(posts), 25)
    return render(
        request,
        "people/people.html",
        {
            "page": page.get_page(request.GET.get("page")),
            "words": words,
            "can": permissions.person_verbs(request.user),
        },
    )


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague: their posts, and what one may do about them."""
    found = get_object_or_404(permissions.visible_accounts(request.user), pk=pk)
    posts = permissions.visible_posts_of(request.user, found)
    live = [post for post in posts if post.is_live()]
    keeps = request.user.has_role("administrator")
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "posts": [(post, permissions.post_verbs(request.user, post)) for post in live],
            "ended": [post for post in posts if post not in live] if keeps else [],
            "roles": roles.BY_CODE,
            "can": permissions.person_verbs(request.user, found),
        },
    )


@signin.asks_again
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to come."""
    require("invite_person", permissions.person_verbs(request.user))
    form = forms.InviteForm(request.POST or None, **choices(request.user))
    if request.method == "POST" and form.is_valid():
        post = verbs.invite_person(**form.cleaned_data, by=request.user)
        messages.success(request, f"The invitation to {post.user.email} is on its way.")
        return redirect(post.user)
    return render(request, "people/invite.html", {"form": form})


def choices(user: User) -> dict:
    """What a form about a post may offer to this person."""
    return {
        "organisations": permissions.visible_organisations(user).filter(ended_on=None),
        "leads": permissions.visible_posts(user).order_by(Lower("user__name"), "pk"),
        "givable": permissions.givable_roles(user),
    }


@signin.asks_again
def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A further post for somebody who is with us."""
    found = get_object_or_404(permissions.visible_accounts(request.user), pk=pk)
    require("give_post", permissions.person_verbs(request.user, found))
    form = forms.PostForm(request.POST or None, **choices(request.user))
    if request.method == "POST" and form.is_valid():
        verbs.give_post(person=found, **form.cleaned_data, by=request.user)
        messages.success(request, f"{found.name} has the post.")
        return redirect(found)
    return render(request, "people/give_post.html", {"form": form, "person": found})


def one_post(request: HttpRequest, pk: int) -> Post:
    """A post of somebody whom this person may see."""
    return get_object_or_404(permissions.changeable_posts(request.user), pk=pk)


@signin.asks_again
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post is called and what it allows."""
    post = one_post(request, pk)
    require("change_post", permissions.post_verbs(request.user, post))
    now = {"title": post.title, "roles": post.roles, "lead": post.lead_id,
           "starts_on": post.starts_on, "ends_on": post.ends_on}  # fmt: skip
    form = forms.ChangePost(request.POST or None, initial=now, **choices(request.user))
    if request.method == "POST" and form.is_valid():
        verbs.change_post(post=post, **form.cleaned_data, by=request.user)
        messages.success(request, "The post is changed. It counts from this moment.")
        return redirect(post.user)
    return render(request, "people/change_post.html", {"form": form, "post": post})


@signin.asks_again
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post, with a reason."""
    post = one_post(request, pk)
    require("end_post", permissions.post_verbs(request.user, post))
    form = forms.EndPost(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.end_post(post=post, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "The post has ended. Nothing can be done through it any more.")
        return redirect("people")
    return render(request, "people/end_post.html", {"form": form, "post": post})


@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    post = one_post(request, pk)
    verbs.invite_again(post=post, by=request.user)
    messages.success(request, "A new invitation is on its way. The old link no longer works.")
    return redirect(post.user)


@require_POST
def sign_out_person(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's sessions everywhere."""
    found = get_object_or_404(permissions.visible_accounts(request.user), pk=pk)
    verbs.sign_out_everywhere(person=found, by=request.user)
    messages.success(request, f"{found.name} is signed out everywhere.")
    return redirect(found)
