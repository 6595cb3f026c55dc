"""Opening the database: clock, store, and reloading of keys."""
