"""Hazardous chemicals 危险化学品: their chain, pipelines, waste, what is done unlawfully."""
