"""Tells Django about this app."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "saidanddone.participation"
    label = "participation"
