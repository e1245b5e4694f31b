"""What every test may use: hypothesis without a deadline, for the machine may be busy; tests of minutes only when asked for."""

import os

import pytest
from hypothesis import settings

settings.register_profile("modelwatch", deadline=None)
settings.load_profile("modelwatch")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `slow` make up the long suite, MODELWATCH_TEST_SLOW=1."""
    if not os.environ.get("MODELWATCH_TEST_SLOW"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes; set MODELWATCH_TEST_SLOW=1"))
