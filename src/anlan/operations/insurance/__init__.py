"""Insurance and services for work safety: policies with their end, providers with their ratings."""
