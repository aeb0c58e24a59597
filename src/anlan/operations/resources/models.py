"""Shelters, teams, stock and equipment. Where a thing stands is the territory's site."""

from django.db import models


class Shelter(models.Model):
    """What a shelter site holds: tier, duration and general or special use (GB/T 44013-2024).

    `code` is the code of the territory's site; name and place live there.
    """

    code = models.CharField(max_length=40, primary_key=True)
    area_code = models.CharField(max_length=12, db_index=True)
    tier = models.CharField(max_length=20)
    duration = models.CharField(max_length=20)
    special = models.BooleanField(default=False)
    area_m2 = models.FloatField()
    capacity = models.PositiveIntegerField()
    water_margin_m = models.FloatField(default=0.5)
    open = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    occupied = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)
    keeper = models.CharField(max_length=100, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code


class Headcount(models.Model):
    """How many people were in a shelter when somebody counted; append-only."""

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    people = models.PositiveIntegerField()
    counted_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.shelter_id} {self.people}"


class Team(models.Model):
    """A rescue team, ready at its base (lon/lat CGCS2000)."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, db_index=True)
    area_code = models.CharField(max_length=12, db_index=True)
    organisation_code = models.CharField(max_length=40, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    members = models.PositiveIntegerField()
    skills = models.JSONField(default=list)
    leader_sealed = models.BinaryField(default=b"")
    phone_sealed = models.BinaryField(default=b"")
    masked_phone = models.CharField(max_length=20, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Equipment(models.Model):
    """Equipment that a team holds: how many of a kind, and how many of them can be used now."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="equipment")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    held = models.PositiveIntegerField()
    usable = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "kind"], name="one_row_a_kind_a_team"),
            models.CheckConstraint(
                condition=models.Q(usable__lte=models.F("held")), name="usable_is_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.name}"


class SupplyItem(models.Model):
    """What can be stored; coded after GB/T 38565-2020 where its code is known."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.name


class StockLot(models.Model):
    """One batch of an item in one store (`domain.md` 3.6). Quantity is never negative."""

    code = models.CharField(max_length=60, primary_key=True)
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="lots")
    store_code = models.CharField(max_length=40, db_index=True)
    area_code = models.CharField(max_length=12, db_index=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    storage = models.CharField(max_length=20, default="physical")
    made_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=100, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="stock_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.quantity} {self.store_code}"


class KitNorm(models.Model):
    """How much of an item one resettled person needs, as decided for a period."""

    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="norms")
    per_person = models.DecimalField(max_digits=8, decimal_places=3)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "valid_from"], name="one_norm_a_period"),
            models.CheckConstraint(condition=models.Q(per_person__gt=0), name="norm_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.per_person}"
