"""The response in the event file: it keeps the file open, writes lines and states figures."""

from anlan.operations.incidents.actions import (
    NewEntry,
    hold_incident,
    note_entry,
    note_figures,
    release_incident,
)
from anlan.operations.incidents.queries import incidents
from anlan.operations.people.actions import PLATFORM, Actor
from anlan.operations.response.actions.desk import link
from anlan.operations.response.models import Activation
from anlan.operations.response.queries.board import current, task_counts
from anlan.operations.response.rules.states import RUNNING
from anlan.vocabulary.words import N_

HOLDS = N_("The response still runs; %(open)d tasks are not done. End the response first.")


def find_incident(activation: Activation) -> int | None:
    """The open event file of the alert chain behind the response."""
    if activation.alert_first_id is None:
        return None
    for row in incidents(None, ["OPEN"]):
        if row.alert_first_id == activation.alert_first_id:
            return row.id
    return None


def attach_incident(incident_id: int, alert_first_id: int | None) -> int:
    """A file was opened: the responses of its alert chain that still run keep it open."""
    if alert_first_id is None:
        return 0
    rows = Activation.objects.filter(
        alert_first_id=alert_first_id, incident_id=None, state__in=RUNNING
    )
    for activation in rows:
        activation.incident_id = incident_id
        activation.save(update_fields=["incident_id"])
        hold(activation)
        write(activation, PLATFORM, N_("A response runs for this event"))
        state_figures(activation)
    return len(rows)


def hold(activation: Activation) -> None:
    """Keep the file open while the response runs, with the open tasks counted now."""
    if activation.incident_id is None or activation.state not in RUNNING:
        return
    counts = task_counts(activation.pk)
    held = NewEntry(
        kind=link(activation), text=HOLDS, link=link(activation),
        parameters={"open": counts.waiting + counts.doing},
    )  # fmt: skip
    hold_incident(activation.incident_id, held)


def release(activation: Activation) -> None:
    if activation.incident_id is not None:
        release_incident(activation.incident_id, link(activation))


def write(activation: Activation, actor: Actor, text: str, **parameters: object) -> None:
    """A line in the event file; nothing where there is no file yet."""
    if activation.incident_id is None:
        return
    entry = NewEntry(kind="response", text=text, parameters=parameters, link=link(activation))
    note_entry(activation.incident_id, entry, actor)


def state_figures(activation: Activation) -> None:
    """What the tasks and shelters now say of people moved, for the next report upward."""
    row = current_figures(activation)
    if activation.incident_id is None or row is None:
        return
    moved, sheltered = row
    values = {
        "relocated": moved, "relocated_shelter": sheltered, "relocated_own": moved - sheltered,
    }  # fmt: skip
    source = N_("Evacuation tasks and shelter headcounts")
    note_figures(activation.incident_id, values, source, link(activation))


def current_figures(activation: Activation) -> tuple[int, int] | None:
    """(people moved, of these in shelters at the most); None before anybody moved."""
    row = current()
    held = row.sheltered if row is not None and row.id == activation.pk else 0
    if held > activation.sheltered_peak:
        activation.sheltered_peak = held
        activation.save(update_fields=["sheltered_peak"])
    moved = max(task_counts(activation.pk).evacuated, activation.sheltered_peak)
    return (moved, activation.sheltered_peak) if moved else None
