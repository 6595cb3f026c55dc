"""Settings: parsing of config.toml, process roles, key file, logging."""
