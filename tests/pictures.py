"""Whole SQLite databases, taken out of this process's connections into files and put back."""

import sqlite3
from contextlib import closing

from django.db import connections


def copy_out(alias, path):
    with closing(sqlite3.connect(path)) as file:
        _connection(alias).backup(file)


def copy_in(alias, path):
    with closing(sqlite3.connect(path)) as file:
        file.backup(_connection(alias))


def _connection(alias):
    connections[alias].ensure_connection()
    return connections[alias].connection
