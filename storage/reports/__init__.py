"""Queries behind digests, exports, statistics and /metrics."""
