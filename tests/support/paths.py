"""Folders that tests read: the project, and the data that may stand beside it."""

from pathlib import Path

PROJECT = Path(__file__).parents[2]
SHARED_DATA = PROJECT.parent / "shared" / "data"
"""Absent for whoever has only the project; tests that need it are skipped then."""
