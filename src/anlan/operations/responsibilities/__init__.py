"""Lists of responsibilities: duties of leaders and units, and the works of a year."""
