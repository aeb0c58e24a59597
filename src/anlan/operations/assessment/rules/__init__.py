"""What an indicator is, how far it should be by now, and how a lead time is measured."""
