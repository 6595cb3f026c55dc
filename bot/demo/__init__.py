"""The demo: a sandbox, a bot and a seeded club, started by one command."""
