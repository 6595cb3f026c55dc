"""Joining: /start, invites, help, linking and transferring accounts, leaving."""
