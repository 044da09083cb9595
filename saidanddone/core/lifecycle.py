"""Life cycles: one table per record says which verb leads from which states to which."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models

State = str
Moves = Mapping[str, tuple[Collection[State], State | Collection[State] | None]]


class Moved(Exception):  # noqa: N818 -- it tells what happened: somebody else moved the record first
    """The record is no longer in a state from which this verb leads on; nothing was changed."""

    def __init__(self, record: models.Model, verb: str) -> None:
        super().__init__(f"{verb} on {record._meta.label_lower}:{record.pk}")
        self.record = record
        self.verb = verb


class Living(models.Model):
    """A record with a life cycle. Only `move` sets its state."""

    MOVES: ClassVar[Moves]
    state: Any  # each record has this field, with its own first state

    class Meta:
        abstract = True

    def open_verbs(self) -> set[str]:
        """Every verb that its present state allows, whoever asks."""
        return {verb for verb, (start, _) in self.MOVES.items() if self.state in start}

    def move(self, verb: str, to: State | None = None, **changes: Any) -> Self:
        """Make the verb's move in one conditional update; raises Moved if somebody was first.

        `to` chooses among several targets; a target of None leaves the state as it is.
        """
        start, target = self.MOVES[verb]
        if target is None:
            target = self.state
        elif not isinstance(target, str):
            if to not in target:
                raise ValueError(f"{verb} must say which of {sorted(target)} it leads to")
            target = to
        if self.state not in start:
            raise Moved(self, verb)
        done = (
            type(self)
            ._base_manager.filter(pk=self.pk, state=self.state)
            .update(state=target, **changes)
        )
        if not done:
            raise Moved(self, verb)
        self.state = target
        for name, value in changes.items():
            setattr(self, name, value)
        return self
