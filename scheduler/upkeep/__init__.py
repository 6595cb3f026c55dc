"""Jobs that keep the database in order: the nightly purge, and what is computed ahead."""
