"""What governance does on a clock: find, and call one verb."""

from saidanddone.governance.jobs.actions import remind_late, remind_of_late_actions
from saidanddone.governance.jobs.boards import (
    look_round,
    remind_boards,
)
from saidanddone.governance.jobs.imports import forget_imports
from saidanddone.governance.jobs.minutes import print_minutes, print_waiting
from saidanddone.governance.jobs.papers import (
    make_packs,
    make_wanted,
    remind_of_papers,
    remind_of_wanted,
)

__all__ = [
    "forget_imports", "look_round", "make_packs", "make_wanted", "print_minutes", "print_waiting",
    "remind_boards", "remind_late", "remind_of_late_actions", "remind_of_papers", "remind_of_wanted",
]  # fmt: skip
