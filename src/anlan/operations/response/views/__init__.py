"""Response pages: the board, the decision, situation reports, tasks; they only parse and render."""
