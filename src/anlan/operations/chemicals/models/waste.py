from decimal import Decimal

from django.db import models

from anlan.operations.chemicals.models.record import Record


def tonnes() -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))


class Waste(Record):
    """A hazardous waste 危险废物 that an enterprise produces, by its code in the national list.

    `category` is the code's HW number. `stock`, `since`, `gap`, `counted_on` are what its movements
    come to (`rules.waste.Books`, tonnes); written with each of them.
    """

    code = models.CharField(max_length=12)
    category = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    hazards = models.JSONField(default=list)
    place = models.CharField(max_length=120, blank=True)
    stock = tonnes()
    since = models.DateField(null=True)
    gap = tonnes()
    counted_on = models.DateField(null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["since", "id"], name="waste_by_age"),
            models.Index(fields=["category", "code", "id"], name="waste_by_category"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise", "code", "name"], condition=models.Q(withdrawn_at=None),
                name="waste_once",
            ),
            models.CheckConstraint(condition=models.Q(stock__gte=0), name="waste_stock_not_below"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Movement(Record):
    """A movement of a hazardous waste, tonnes: produced, handed over by manifest 联单, disposed of
    by the enterprise itself, or what was found when stock was taken."""

    waste = models.ForeignKey(Waste, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10)
    on = models.DateField()
    amount = tonnes()
    manifest = models.CharField(max_length=40, blank=True)
    receiver = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=60, blank=True)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["-on", "-id"], name="movement_newest")]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["manifest", "waste"],
                condition=models.Q(withdrawn_at=None) & ~models.Q(manifest=""),
                name="manifest_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.waste_id} {self.kind} {self.on}"
