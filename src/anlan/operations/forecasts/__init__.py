"""Model runs on live data: the crest at a gauge, what it floods, how good past runs were."""
