from anlan.operations.campaigns.queries.files import EntryFile, Progress, entry_file, progress
from anlan.operations.campaigns.queries.scope import campaigns_in, entries_in, facts, person_of

__all__ = [
    "EntryFile", "Progress", "campaigns_in", "entries_in", "entry_file", "facts", "person_of",
    "progress",
]  # fmt: skip
