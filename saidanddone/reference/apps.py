"""Tells Django about this app."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "saidanddone.reference"
    label = "reference"
