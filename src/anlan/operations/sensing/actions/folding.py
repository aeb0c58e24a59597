"""Bad frames that say the same again: the first, the newest and how many are kept."""

from django.db import transaction
from django.db.models import Count, F, Sum

from anlan.operations.sensing.models import BadFrame
from anlan.operations.sensing.rules.folding import EACH_FOR
from anlan.vocabulary import clock

FOLDED_A_TURN = 100  # things said
_MOST = 5_000  # rows of one of them at once


def fold_bad_frames() -> int:
    """Fold what is older than two days: of each thing that a device says again, the first row
    counts what stood between it and the newest. Returns how many things were folded.
    """
    old = BadFrame.objects.exclude(about="").filter(received_at__lt=clock.now() - EACH_FOR)
    said = old.order_by("protocol", "device", "about").values("protocol", "device", "about")
    folded = said.annotate(rows=Count("pk")).filter(rows__gt=2)[:FOLDED_A_TURN]
    for one in folded:
        with transaction.atomic():
            same = {key: one[key] for key in ("protocol", "device", "about")}
            rows = old.select_for_update().filter(**same).order_by("pk")
            first, *between = rows.values_list("pk", flat=True)[:_MOST]
            del between[-1:]
            gone = BadFrame.objects.filter(pk__among=between)
            more = gone.aggregate(n=Sum("times"))["n"] or 0
            gone.delete()
            BadFrame.objects.filter(pk=first).update(times=F("times") + more)
    return len(folded)
