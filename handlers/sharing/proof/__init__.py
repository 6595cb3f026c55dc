"""Proof of a share: links and screenshots that a member adds, and their review."""
