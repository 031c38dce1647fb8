"""Days and deadlines: the working-day calendar, what falls due on a record, and when."""
