"""Organisations, accounts, roles and scope; the audit trail and the outbox under every action."""
