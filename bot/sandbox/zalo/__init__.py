"""Zalo's Bot Platform, as far as a club's bot can see it: `/zalo/bot<token>/<method>`."""
