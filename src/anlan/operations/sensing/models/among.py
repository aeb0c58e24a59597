"""`field__among=[…]`: what `field__in` says, with one parameter, however many values there are.

A batch of the recorder names thousands of series; a parameter each costs more than the query, and
of a batch's moments there may be more than SQLite takes parameters.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Field, Lookup
from django.db.models.sql.compiler import SQLCompiler
from msgspec import json


@Field.register_lookup
class Among(Lookup):
    """Whole numbers, text as the column holds it, or moments; among none, nothing is asked."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        if not self.rhs:
            raise EmptyResultSet
        if connection.vendor == "postgresql" and isinstance(self.lhs.output_field, DateTimeField):
            # As constants: what the planner cannot read leaves it every month to look through.
            moments = ",".join(f'"{at.isoformat()}"' for at in self.rhs)
            return f"{column} = ANY (%s::timestamptz[])", (*params, f"{{{moments}}}")
        values = json.encode([_held(one, connection) for one in self.rhs]).decode()
        if connection.vendor == "postgresql":
            kind = self.lhs.output_field.db_type(connection)
            each = f"json_array_elements_text(%s::json)::{kind}"
            return f"{column} = ANY (ARRAY(SELECT {each}))", (*params, values)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, values)


def _held(value: Any, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
