"""What the room of posts answers: scope first, then posts, cards, meetings, certificates."""
