"""Small pages with a vendor's layout."""


def schedule(*rows: tuple[str, str, str]) -> bytes:
    """A page of retirements: model, day, replacement."""
    lines = "".join(f"<tr><td><code>{model}</code></td><td>{day}</td><td><code>{instead}</code></td></tr>" for model, day, instead in rows)
    head = "<tr><th>Model</th><th>Shutdown date</th><th>Recommended replacement</th></tr>"
    return f"<html><body><h1>Deprecations</h1><h2>2026-01-05: Old models</h2><table>{head}{lines}</table></body></html>".encode()


OLD = schedule(("gpt-old-1", "2098-03-01", "gpt-new-1"), ("gpt-old-2", "2098-04-01", "gpt-new-1"))
MOVED = schedule(("gpt-old-1", "2098-05-01", "gpt-new-1"), ("gpt-old-2", "2098-04-01", "gpt-new-1"))
LOGIN = b"<html><body><h1>Sign in</h1><form><input name=user></form></body></html>"
BINARY = bytes(range(256)) * 40
