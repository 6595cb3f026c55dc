"""Zalo's Official Account API, as far as the bot uses it: `/oa/…` and `/oa/oauth/v4/oa/…`."""
