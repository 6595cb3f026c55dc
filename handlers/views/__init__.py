"""Texts that several capabilities show: announcements, verdicts, counts, defanged text."""
