from django.db import models

from anlan.operations.sensing.rules.orders import OPEN_ORDERS, OrderState


class DeviceCommand(models.Model):
    """An order to a station's device, and what became of it. `code` is the command's id.

    `device` is the address it was given for: a device exchanged meanwhile does not get it. `said`:
    what the device answered, each a term, a saying or plain text (`vocabulary.words.Words`).
    """

    code = models.CharField(max_length=32, unique=True)
    station = models.ForeignKey("sensing.Station", on_delete=models.CASCADE, related_name="orders")
    device = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=OrderState.QUEUED.value)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    said = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"], name="open_orders",
                condition=models.Q(state__in=[state.value for state in OPEN_ORDERS]),
            ),
            models.Index(fields=["station", "-ordered_at"], name="orders_of_a_station"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.device} {self.verb} {self.state}"
