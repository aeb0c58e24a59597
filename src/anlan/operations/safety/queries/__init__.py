"""What work safety answers: scope first, then lists, files, and the rules' view of both."""
