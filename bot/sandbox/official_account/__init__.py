"""A Zalo Official Account and the app that it has authorised: tokens, quota, uploads, events."""
