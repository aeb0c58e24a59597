"""The event file's states, the terms of its reports and the checks of loss statistics."""
