"""Why a case file is refused: the file, the key or the cell, and what is wrong with it."""

from anlan.vocabulary.words import N_

__all__ = ["N_", "RefusedCase"]


class RefusedCase(ValueError):
    """A case that cannot be taken as it was given.

    where: the file, with the key, the line or the cell; template: an English sentence marked for
    translation; facts: what stands in its braces.
    """

    def __init__(self, where: object, template: str, **facts: object) -> None:
        super().__init__(f"{where}: {template.format(**facts)}")
        self.where = str(where)
        self.template = template
        self.facts = facts
