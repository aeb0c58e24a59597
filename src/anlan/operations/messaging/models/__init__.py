from anlan.operations.messaging.models.mailing import CallRecord, Delivery, Mailing

__all__ = ["CallRecord", "Delivery", "Mailing"]
