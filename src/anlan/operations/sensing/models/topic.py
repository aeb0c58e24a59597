from django.db import models


class TopicMapping(models.Model):
    """What JSON messages on some MQTT topics mean, as it was written field by field.

    A change is a new row; the one before keeps the time at which it was replaced.
    """

    name = models.CharField(max_length=60)
    topic = models.CharField(max_length=200)
    records = models.CharField(max_length=200, blank=True)
    device = models.CharField(max_length=200, blank=True)
    time = models.CharField(max_length=200, blank=True)
    time_format = models.CharField(max_length=20)
    values = models.TextField()
    no_data = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=100)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(replaced_at=None), name="one_mapping_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
