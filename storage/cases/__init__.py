"""Flagged posts and the cases they belong to, from the queue to the public verdict."""
