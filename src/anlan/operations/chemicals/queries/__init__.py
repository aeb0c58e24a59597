"""What the room of chemicals answers: scope first, then each register and what is due."""
