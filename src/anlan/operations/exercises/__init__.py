"""The register of exercises: who held which, when."""
