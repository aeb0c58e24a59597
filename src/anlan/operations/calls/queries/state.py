"""A call as the rules see it."""

from anlan.operations.calls.models import Call
from anlan.operations.calls.rules.loop import Call as Facts


def facts(call: Call) -> Facts:
    """What the rules ask of the record."""
    return Facts(
        state=call.state, street=call.street, unit=call.unit, answered_by=call.answered_by_id,
        handled_by=call.handled_by_id, refused_by=call.refused_by_id,
        danger=call.danger_id is not None,
    )  # fmt: skip
