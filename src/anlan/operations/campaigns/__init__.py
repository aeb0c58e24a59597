"""Campaigns 专项整治: what an enterprise is listed for: to close, move, renovate (R-209)."""
