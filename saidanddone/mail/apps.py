"""Tells Django about this app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "saidanddone.mail"
    label = "mail"
