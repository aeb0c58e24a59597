from decimal import Decimal

from django.db import models

from anlan.operations.chemicals.models.record import Record


class Holding(Record):
    """A substance at one stage of the chain of an enterprise 危险化学品全链条.

    `most`: the largest amount at a time, in `unit`. The licence is good until `licence_until`, that
    day included. `process`: the hazardous process under key supervision, "" for none.
    """

    stage = models.CharField(max_length=12)
    substance = models.CharField(max_length=120)
    un = models.CharField(max_length=4, blank=True)
    cas = models.CharField(max_length=12, blank=True)
    most: "models.DecimalField[Decimal, Decimal]" = models.DecimalField(
        max_digits=14, decimal_places=3
    )
    unit = models.CharField(max_length=4)
    process = models.CharField(max_length=16, blank=True)
    place = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    licence_until = models.DateField(null=True)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["licence_until", "id"], name="holding_by_licence")]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise", "stage", "substance", "place"],
                condition=models.Q(withdrawn_at=None), name="holding_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.substance
