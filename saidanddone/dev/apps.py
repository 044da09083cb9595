"""Tells Django about this app."""

from django.apps import AppConfig


class DevConfig(AppConfig):
    name = "saidanddone.dev"
    label = "dev"
