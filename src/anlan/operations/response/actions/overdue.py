"""What happens when a task or a situation report runs out of time: it is handed up, once."""

from anlan.operations.deadlines.actions import escalate_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.response.actions.desk import key, task_key
from anlan.operations.response.actions.files import write
from anlan.operations.response.models import Activation, Task
from anlan.operations.response.rules.plan import Answer
from anlan.operations.response.rules.states import OPEN_TASKS, RUNNING
from anlan.vocabulary.words import N_


def hand_up_task(task_id: int) -> None:
    """A task is late: the duty room takes it up with its owner."""
    task = Task.objects.select_related("activation").get(pk=task_id)
    if task.state not in OPEN_TASKS or task.activation.state not in RUNNING:
        return
    item = task_key(task)
    if not escalate_item(item, right="response.dispatch", area_code=task.area_code):
        return
    with act("response.task_late", PLATFORM) as this:
        # The event file keeps what is late with people in it; the board shows the rest.
        if task.report != Answer.TEXT:
            write(task.activation, PLATFORM, N_("Late: %(title)s"), title=task.title)
        this.on("task", task.pk, task.title)


def hand_up_situation_report(activation_id: int, number: int) -> None:
    """A situation report is late: whoever signs the response is told."""
    row = Activation.objects.get(pk=activation_id)
    if row.state not in RUNNING:
        return
    item = key(row, "situation")
    if not escalate_item(item, right="response.sign", area_code=row.area_code):
        return
    with act("response.situation_late", PLATFORM) as this:
        write(row, PLATFORM, N_("Late: situation report %(number)d"), number=number)
        this.on("response", row.pk, str(row))
