"""Is this the same post? Pure functions, usable without the bot (decision 10)."""
