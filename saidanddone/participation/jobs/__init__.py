"""What this area does later or on a clock: find, and call one verb."""

from saidanddone.participation.jobs.issues import every_morning, follow_agendas

__all__ = ["every_morning", "follow_agendas"]
