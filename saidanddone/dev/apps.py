"""Dev as Django knows it: installed where no real person's words are kept."""

from django.apps import AppConfig


class DevConfig(AppConfig):
    """Pages and commands for developers and for the demonstration."""

    name = "saidanddone.dev"
    verbose_name = "For developers"
