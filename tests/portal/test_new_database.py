"""A new database has the tables that a walk through all the migrations leaves behind."""

import json
import os
import uuid
from contextlib import closing

import psycopg
import pytest

from .running import python

pytestmark = pytest.mark.slow
ALL_AT_ONCE = """
from anlan.portal.cli import framework
framework.migrate()
"""
# Django's own command knows nothing of new databases.
STEP_BY_STEP = """
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import connections
from anlan.portal.routing import app_of
for alias in connections:
    call_command(Command(), *[a for a in (app_of(alias),) if a], database=alias, verbosity=0)
"""
TOLD = """
import json
from django.db import connections
def told(alias, question):
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return [list(map(str, row)) for row in cursor.fetchall()]
print(json.dumps([[a, told(a, question)] for a in connections for question in QUESTIONS]))
"""
ON_SQLITE = (
    "SELECT type, name, sql FROM sqlite_master WHERE name <> 'sqlite_sequence'",
    "SELECT app, name FROM django_migrations",
)
ON_POSTGRESQL = (
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
              column_default, is_identity
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT relname, relkind, pg_get_partkeydef(oid) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "SELECT app, name FROM django_migrations",
)
WITHIN_S = 600


@pytest.fixture
def beside(tmp_path):
    """Ask for an empty database: a home, and where it is PostgreSQL, its address."""
    server = os.environ.get("ANLAN_DATABASE_URL", "")
    made = []

    def make(name):
        if not server.startswith("postgresql"):
            return tmp_path / name, {}
        made.append(f"{name}_{uuid.uuid4().hex[:8]}")
        with closing(psycopg.connect(server, autocommit=True)) as admin:
            admin.execute(f"CREATE DATABASE {made[-1]}")
        return tmp_path / name, {"ANLAN_DATABASE_URL": f"{server.rpartition('/')[0]}/{made[-1]}"}

    yield make
    for name in made:
        with closing(psycopg.connect(server, autocommit=True)) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def unordered(sql):
    """What a table is made of, whatever the order of its columns."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    columns, _, kind = sql.partition("(")[2].rpartition(")")
    return [kind, *sorted(columns.split(", "))]


def shape(where, brought_up):
    home, more = where
    home.mkdir()
    python(home, brought_up, more, within_s=WITHIN_S)
    questions = ON_POSTGRESQL if more else ON_SQLITE
    said = json.loads(python(home, f"QUESTIONS = {questions!r}\n{TOLD}", more))
    return {
        (alias, *row[:2], *(part for cell in row[2:] for part in unordered(cell)))
        for alias, rows in said for row in rows
    }  # fmt: skip


def test_laid_out_at_once_it_is_what_all_the_migrations_would_have_made(beside):
    at_once = shape(beside("at_once"), ALL_AT_ONCE)
    step_by_step = shape(beside("step_by_step"), STEP_BY_STEP)
    assert len(step_by_step) > 900
    assert at_once == step_by_step
