"""The demonstration: five weeks of one model's life in under twenty seconds, everything real but the clock."""
