"""Tells Django about this app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "saidanddone.events"
    label = "events"
