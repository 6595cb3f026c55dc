"""Zalo's Bot Platform, as far as the bot uses it: `/zalo/bot<token>/<method>`."""
