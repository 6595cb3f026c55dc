"""Correcting and recalling an announcement that was sent."""
