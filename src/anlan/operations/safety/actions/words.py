"""The words of new and corrected dangers go into the index of pairs, by a round of its own.

No audit row: nothing is decided here, and the same dangers give the same index.
"""

from collections import defaultdict

from django.db import transaction

from anlan.operations.safety.models import Danger, WordBlock
from anlan.operations.safety.queries.words import SEARCHED
from anlan.operations.safety.rules.words import BLOCK, pack, pairs, unpack

DANGERS_A_TURN = 1_000


def index_words(limit: int = DANGERS_A_TURN) -> int:
    """Take the words of so many dangers into the index; how many those were. At rest one query."""
    return _index(limit) if Danger.objects.filter(findable=False).exists() else 0


@transaction.atomic
def _index(limit: int) -> int:
    waiting = Danger.objects.select_for_update().filter(findable=False).order_by("pk")
    rows = list(waiting.values_list("pk", *SEARCHED)[:limit])
    fresh: dict[tuple[str, int], list[int]] = defaultdict(list)
    for pk, *texts in rows:
        for pair in pairs(*texts):
            fresh[pair, pk // BLOCK].append(pk % BLOCK)
    known = WordBlock.objects.filter(
        block__in={block for _pair, block in fresh}, pair__in={pair for pair, _block in fresh}
    )
    for one in known:
        if (one.pair, one.block) in fresh:
            fresh[one.pair, one.block] += unpack(bytes(one.keys))
    WordBlock.objects.bulk_create(
        [WordBlock(pair=pair, block=block, keys=pack(places))
         for (pair, block), places in sorted(fresh.items())],
        batch_size=1_000, update_conflicts=True, unique_fields=["pair", "block"],
        update_fields=["keys"],
    )  # fmt: skip
    Danger.objects.filter(pk__in=[pk for pk, *_texts in rows]).update(findable=True)
    return len(rows)
