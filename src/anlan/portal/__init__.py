"""The composition root: settings, urls, navigation, command line, loading."""
