"""Access that messenger accounts grant to the bot: tokens and their renewal, grants under way."""
