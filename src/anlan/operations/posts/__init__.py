"""Safety at the post: two cards, shift meetings with a quiz, certificates (R-209, K-39)."""
