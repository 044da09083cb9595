"""Many tables made in one step of a migration, so that a first start need not wait for them."""

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

ADDING = (CreateModel, AddField, AddIndex, AddConstraint, AddTrigger)


class AddTogether(Operation):
    """Operations that only add, done as if one by one, but told to Django's picture at once.

    Django draws its picture of the models anew after each operation, with all related ones; with
    two hundred models around one table of people that was 36 seconds of a first start. Here the
    picture is put away, all additions are noted, and it is drawn once, when the first table is
    made. On PostgreSQL what is added needs no picture of before: that of after serves as both. So
    a table made here must be whole: what is added to one made in the same step comes twice.
    Raises TypeError for an operation that changes what stands, ValueError for such an addition.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *operations: Operation) -> None:
        for one in operations:
            if not isinstance(one, ADDING):
                raise TypeError(f"Only what adds can be done together, not {one!r}.")
        made = {one.name_lower for one in operations if isinstance(one, CreateModel)}
        for one in operations:
            if getattr(one, "model_name", "").lower() in made:
                raise ValueError(f"{one!r} adds to a table of the same step: do it in the next.")
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note all additions, with no picture that would have to be drawn anew each time."""
        vars(state).pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Make what is added, in its order."""
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Drop what was added, the last first; Django calls the picture with it `from_state`."""
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self) -> str:
        """One line for who reads a migration's plan."""
        return f"Add together: {len(self.operations)} operations"
