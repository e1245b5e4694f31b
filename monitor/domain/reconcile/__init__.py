"""From readings to changes: judge a reading, supersede claims, resolve lifecycles, name the events."""
