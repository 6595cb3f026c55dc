"""Health checks and the alarms that officers get."""
