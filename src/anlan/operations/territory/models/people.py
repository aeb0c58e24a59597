from django.db import models


class Household(models.Model):
    """One household at its door. Name and phone are sealed; only the masked forms are plain.

    Rows are written in cell order, so a rectangle's households lie together.
    """

    code = models.CharField(max_length=24, unique=True)
    area_code = models.CharField(max_length=12, db_index=True)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(db_index=True)
    people = models.PositiveSmallIntegerField()
    needs_help = models.BooleanField(default=False)
    name_sealed = models.BinaryField(default=b"")
    masked_name = models.CharField(max_length=20, blank=True)
    phone_sealed = models.BinaryField(default=b"")
    masked_phone = models.CharField(max_length=20, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.masked_name}"


class ResponsiblePerson(models.Model):
    """Who answers for a site or an area, and how to reach them. A duty post: the name is public.

    Name and phone are sealed at rest all the same; the phone is shown masked.
    """

    kind = models.CharField(max_length=30)
    name_sealed = models.BinaryField(default=b"")
    phone_sealed = models.BinaryField(default=b"")
    masked_phone = models.CharField(max_length=20, blank=True)
    area_code = models.CharField(max_length=12, db_index=True)
    site_code = models.CharField(max_length=40, blank=True, db_index=True)
    organisation = models.CharField(max_length=100, blank=True)
    schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "site_code"],
                condition=~models.Q(site_code=""),
                name="one_responsible_of_a_kind_a_site",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.site_code or self.area_code}"
