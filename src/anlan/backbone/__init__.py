"""What carries facts, jobs and acknowledged frames; knows no framework and no domain."""
