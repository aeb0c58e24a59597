from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """A person who logs in: one role, one organisation, one territory."""

    display_name = models.CharField(max_length=60)
    role = models.CharField(max_length=30)
    post = models.CharField(max_length=60, blank=True)
    organisation_code = models.CharField(max_length=40, blank=True, db_index=True)
    area_code = models.CharField(max_length=12, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    phone_sealed = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return self.display_name or self.username
