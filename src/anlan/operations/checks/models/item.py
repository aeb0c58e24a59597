from django.db import models


class CheckItem(models.Model):
    """A version of an item of the library; a correction is the next one, nothing is deleted.

    `code` names the item through its versions. `cycle`, `weight`, `uses`, `sector`, `trait`,
    `trade` and `level` decide on which lists it stands (`rules.library`). In force as long as
    `until` is empty.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=200)
    basis = models.CharField(max_length=120)
    clause = models.CharField(max_length=60)
    method = models.CharField(max_length=300, blank=True)
    weight = models.CharField(max_length=8)
    cycle = models.CharField(max_length=8)
    uses = models.CharField(max_length=12, default="all")
    sector = models.CharField(max_length=40, blank=True)
    trait = models.CharField(max_length=20, blank=True)
    trade = models.CharField(max_length=10, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=100)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="item_version"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(until=None), name="one_item_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
