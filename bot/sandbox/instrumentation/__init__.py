"""What a test controls and observes: clock, faults, recorded calls and events."""
