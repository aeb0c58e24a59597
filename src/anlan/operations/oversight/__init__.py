"""What oversees enforcement: case reviews, the officers' appraisal, the log of interference."""
