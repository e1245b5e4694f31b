"""`pytest tests/sources --update-golden` rewrites the `.claims` files with what is read now. Review every changed line against its page."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the .claims files; review the difference line by line")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden", default=False))
