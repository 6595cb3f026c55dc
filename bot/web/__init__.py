"""The web server: health, metrics, signed files, public verdicts and webhooks."""
