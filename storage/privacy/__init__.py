"""Data inventory, retention, erasure, subject access requests and leaving."""
