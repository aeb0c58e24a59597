"""What the room of insurance answers: scope first, then policies, providers, who lacks cover."""
