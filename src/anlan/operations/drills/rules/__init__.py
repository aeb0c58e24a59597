"""What a scenario says, how its series run between the published points, who answers when."""
