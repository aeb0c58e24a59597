"""Within how long what must be done: the district's, dated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Calendar days. `stock_days`: how long hazardous waste may be stored; `remind_days`: before a
    licence, an inspection or stored waste comes to its end that it is on the desk."""

    stock_days: int
    remind_days: int
    source: str
