from django.db import models


class WordBlock(models.Model):
    """Which dangers of one block of keys hold a pair of letters in their searched texts.

    `keys`: packed places within the block (`rules.words`). Made by a round out of the dangers, who
    say themselves whether they are in it (`Danger.findable`); a pair that a correction took away
    may still be named here, so whoever looks reads the text too.
    """

    pair = models.CharField(max_length=2)
    block = models.PositiveIntegerField()
    keys = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "block"], name="one_block_a_pair")]

    def __str__(self) -> str:
        return f"{self.pair} {self.block}"
