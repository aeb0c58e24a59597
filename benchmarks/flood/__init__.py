"""The flood engine beside its peers and beside what this machine's memory allows."""
