"""Addresses of families' stories: numbers by chance, never a name."""

from django.urls import path

from saidanddone.earlyhelp.views import guarding, opening, stories

urlpatterns = [
    path("stories/", stories.stories, name="stories"),
    path("stories/open/", opening.story_open, name="story-open"),
    path("stories/<uuid:pk>/", stories.story, name="story"),
    path("stories/<uuid:pk>/begin/", opening.story_begin, name="story-begin"),
    path("stories/<uuid:pk>/people/add/", opening.member_add, name="family-member-add"),
    path("stories/<uuid:pk>/people/<uuid:who>/", opening.member_change, name="family-member"),
    path("stories/<uuid:pk>/kept-safe/", guarding.guards, name="story-guards"),
    path("stories/<uuid:pk>/kept-safe/seal/", guarding.seal, name="story-seal"),
    path("stories/<uuid:pk>/kept-safe/seals/<uuid:seal>/", guarding.seal_review, name="seal-review"),
    path("stories/<uuid:pk>/kept-safe/address/", guarding.address_keep, name="address-keep"),
    path(
        "stories/<uuid:pk>/kept-safe/addresses/<uuid:address>/", guarding.address_open,
        name="address-open",
    ),
]
