"""What this area does later or on a clock: find, and call one verb."""

from saidanddone.participation.jobs.issues import every_morning, follow_agendas
from saidanddone.participation.jobs.triage import watch_held_words

__all__ = ["every_morning", "follow_agendas", "watch_held_words"]
