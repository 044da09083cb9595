"""Titles are compared by their likeness, so that nobody raises a twin."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial")]
    operations = [TrigramExtension()]
