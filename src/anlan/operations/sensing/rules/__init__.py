"""Pure decisions of sensing: which value stands, and when a threshold is crossed."""
