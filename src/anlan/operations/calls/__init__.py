"""Calls of streets to departments 镇呼区应: who comes, until when, and whether it was settled."""
