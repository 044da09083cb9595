"""Tells Django about this app."""

from django.apps import AppConfig


class BulletinConfig(AppConfig):
    name = "saidanddone.bulletin"
    label = "bulletin"
