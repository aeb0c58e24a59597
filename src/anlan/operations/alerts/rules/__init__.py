"""The rules of alerts: states, levels, texts, areas, targets. Pure decisions."""
