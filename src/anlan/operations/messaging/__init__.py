"""Mailings to people and posts: channels, deliveries, receipts, one-time links."""
