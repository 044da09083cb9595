"""What keeps agreed minutes as they were agreed: the database itself says no."""

import pgtrigger

AT_THE_MEETING = "{row}.meeting_id"
AT_THE_ITEM = "(SELECT meeting_id FROM governance_agendaitem WHERE id = {row}.item_id)"
AT_THE_DECISION = (
    "(SELECT item.meeting_id FROM governance_agendaitem AS item "
    "JOIN governance_decision AS decision ON decision.item_id = item.id "
    "WHERE decision.id = {row}.decision_id)"
)
THE_MEETING = "{row}.id"
REFUSE = (
    "RAISE EXCEPTION 'These minutes are agreed: nothing in them changes.' "
    "USING ERRCODE = 'check_violation';"
)
AGREED = (
    "EXISTS (SELECT 1 FROM governance_minutes AS agreed "
    "WHERE agreed.state = 'approved' AND agreed.meeting_id = {meeting})"
)


def stays_once_agreed(
    where: str, *columns: str, operation: pgtrigger.Operation | None = None
) -> pgtrigger.Trigger:
    """Refuse what would change a record whose meeting's minutes are agreed.

    `where` leads from a row to its meeting. With columns, only their change is refused: who leads
    an item may still be put right, what was said at it may not.
    """
    old = AGREED.format(meeting=where.format(row="OLD"))
    new = AGREED.format(meeting=where.format(row="NEW"))
    return pgtrigger.Trigger(
        name="stays_once_agreed",
        when=pgtrigger.Before,
        operation=operation or pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            {_same(columns)}
            IF TG_OP <> 'INSERT' THEN
                IF {old} THEN {REFUSE} END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF {new} THEN {REFUSE} END IF;
            RETURN NEW;
        """,
    )


def agreed_minutes_stay() -> pgtrigger.Trigger:
    """Refuse to change or delete minutes that are agreed; their print may be laid beside them."""
    return pgtrigger.Trigger(
        name="agreed_minutes_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF OLD.state <> 'approved' THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                OLD.printed := NEW.printed;
                IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
            END IF;
            {REFUSE}
        """,
    )


def _same(columns: tuple[str, ...]) -> str:
    if not columns:
        return ""
    old, new = (", ".join(f'{row}."{name}"' for name in columns) for row in ("OLD", "NEW"))
    return (
        f"IF TG_OP = 'UPDATE' THEN IF ({old}) IS NOT DISTINCT FROM ({new}) "
        "THEN RETURN NEW; END IF; END IF;"
    )
