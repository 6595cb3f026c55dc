"""Sandboxed worker processes, for untrusted files and for long computations."""
