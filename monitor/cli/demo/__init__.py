"""The demonstration: a vendor, a clock and a Slack of our own making on loopback."""
