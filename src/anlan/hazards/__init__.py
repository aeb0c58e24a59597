"""What can happen and how it spreads; one model, one file, reads like its paper."""
