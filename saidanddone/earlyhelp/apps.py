"""Tells Django about this app."""

from django.apps import AppConfig


class EarlyHelpConfig(AppConfig):
    name = "saidanddone.earlyhelp"
    label = "earlyhelp"
    default_auto_field = "django.db.models.BigAutoField"
