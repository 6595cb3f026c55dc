"""GDPR duties: data inventory, retention, erasure, subject access requests, leaving."""
