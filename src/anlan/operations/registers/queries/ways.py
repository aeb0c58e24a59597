"""Which way a database goes to the rows of a list: what SQLite is told, which knows little of how
many rows lie behind a place or a sector. PostgreSQL is told nothing and finds its own."""

from copy import copy
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThanOrEqual, LessThan, Lookup
from django.db.models.sql.where import AND, WhereNode

from anlan.vocabulary.areas import COMMUNITY_DIGITS, DISTRICT_DIGITS

SIGHT = frozenset({"area_code", "sector"})
VIEWED = SIGHT | {"state"}
MOST_ROWS = 5_000_000  # of the longest register


def within(key: str, prefix: str) -> Q:
    """Rows whose area code begins so, as a range that an index answers on every database.

    Nothing lies within a community: it is meant itself. A whole district is a mere filter: its rows
    are all there are, so an order's index is the better way to them, and a range would lead SQLite
    into the index of places.
    """
    if len(prefix) == COMMUNITY_DIGITS:
        return Q(**{key: prefix})
    after = f"{int(prefix) + 1:0{len(prefix)}d}"
    if len(prefix) <= DISTRICT_DIGITS:
        plain = unsought(key)
        return Q(GreaterThanOrEqual(plain, Value(prefix))) & Q(LessThan(plain, Value(after)))
    return Q(**{f"{key}__gte": prefix, f"{key}__lt": after})


def unsought(key: str) -> Func:
    """A column that is compared or grouped by, but never a reason to enter an index."""
    return _Unsought(F(key))


def along_the_order(
    found: QuerySet[Any], count: int, depth: int, unknown: bool = False, resorted: bool = False
) -> QuerySet[Any]:
    """The same rows, asked for along the order's index where that is the shorter way.

    To the `depth`-th of `count` rows one walks past `depth` × all ÷ `count` rows; else all `count`
    rows of the place or sector are read and sorted. `unknown`: of so many that
    nobody counted them; `resorted`: and in another order than the register's own, so an index of
    what is open, which has the own order, would have all of it read and sorted.
    """
    if depth * MOST_ROWS >= count * count and not unknown:
        return found
    walked = found.all()
    columns = VIEWED if unknown and resorted else SIGHT
    walked.query.where = _unsought_in(walked.query.where, columns)
    return walked


class _Unsought(Func):
    """As `unsought`. Comparing costs a tenth of LIKE, which SQLite asks a function for."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


def _unsought_in(condition: WhereNode, columns: frozenset[str]) -> WhereNode:
    """The condition with these columns unsought wherever all of it must hold."""
    if condition.connector != AND:
        return condition
    parts = [_part(one, columns) for one in condition.children]
    return WhereNode(parts, AND, condition.negated)


def _part(one: Any, columns: frozenset[str]) -> Any:
    if isinstance(one, WhereNode):
        return _unsought_in(one, columns)
    if isinstance(one, Lookup) and isinstance(one.lhs, Col) and one.lhs.target.name in columns:
        plain = copy(one)
        plain.lhs = _Unsought(one.lhs)
        return plain
    return one
