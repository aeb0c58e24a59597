"""The depth classes that people see, and their colours: one scale for pages and pictures."""

EDGES_M = (0.03, 0.3, 0.5, 1.0, 2.0)  # lower edges, metres; below the first is dry
# --al-depth-1..5 of web/src/css/tokens.css; a test holds them to it.
COLOURS: dict[str, tuple[str, ...]] = {
    "light": ("#cbe6ea", "#93c7d6", "#579fc4", "#4470ad", "#41398a"),
    "dark": ("#1d5468", "#2b7f99", "#58a6cf", "#9dbdf0", "#ddd0ff"),
}
