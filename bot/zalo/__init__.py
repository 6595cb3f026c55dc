"""The adapter for Zalo's Bot Platform, built on python-telegram-bot."""
