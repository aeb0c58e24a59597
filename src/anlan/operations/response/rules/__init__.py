"""The response's states, its plans and cards, and the tasks that cards become."""
