"""Addresses of families' stories: numbers by chance, never a name."""

from django.urls import path

from saidanddone.earlyhelp.views import stories

urlpatterns = [
    path("stories/", stories.stories, name="stories"),
    path("stories/<uuid:pk>/", stories.story, name="story"),
]
