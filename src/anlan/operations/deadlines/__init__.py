"""Work items on the desk, timers, reminders and escalation."""
