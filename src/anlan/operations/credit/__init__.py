"""Credit of enterprises: serious dishonesty with its term, and events that count."""
