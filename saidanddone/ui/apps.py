"""Tells Django about this app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "saidanddone.ui"
    label = "ui"
