"""The bureau's statistics of work safety: counted from records, never typed in (P-01)."""
