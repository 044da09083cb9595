"""Tells Django about this app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "saidanddone.governance"
    label = "governance"
