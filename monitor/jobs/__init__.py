"""The work: poll sources, remind by the calendar, deliver alerts, replay saved pages. The only layer that joins core and shell."""
