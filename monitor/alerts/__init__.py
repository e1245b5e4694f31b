"""Alerts as messages, and the channels they leave by."""
