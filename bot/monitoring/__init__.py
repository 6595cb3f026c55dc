"""Health checks, and the alarms sent to officers."""
