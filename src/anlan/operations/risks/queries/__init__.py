"""What risk control answers: scope first, then lists, files, and the rules' view of both."""
