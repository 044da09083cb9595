"""Tells Django about this app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "saidanddone.library"
    label = "library"
