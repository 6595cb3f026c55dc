"""Key rotation, restored backups, settings of the previous start."""
