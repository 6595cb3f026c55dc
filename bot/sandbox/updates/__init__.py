"""Updates that the bot has not confirmed, and their delivery to webhooks."""
