"""What each input of a case is used for, told before anything is computed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """where: the file or the key; template: an English sentence marked for translation."""

    where: str
    template: str
    facts: dict[str, object]

    def __str__(self) -> str:
        return f"{self.where}: {self.template.format(**self.facts)}"


class Uses(list[Use]):
    """The uses in the order in which they were read."""

    def tell(self, where: object, template: str, **facts: object) -> None:
        self.append(Use(str(where), template, facts))
