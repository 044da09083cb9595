"""Tells Django about this app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "saidanddone.home"
    label = "home"
