"""Composing an announcement: the flow, its fields, checks and the preview."""
