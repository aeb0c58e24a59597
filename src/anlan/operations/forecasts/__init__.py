"""Model runs on live data, their results and their verification."""
