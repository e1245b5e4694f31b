"""Policy: which events and days become alerts, for whom, how urgent, when and on which channels (DESIGN section 5); pure."""
