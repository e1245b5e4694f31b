"""What every test may use: hypothesis without a deadline, for the machine may be busy."""

from hypothesis import settings

settings.register_profile("modelwatch", deadline=None)
settings.load_profile("modelwatch")
