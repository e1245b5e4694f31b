"""Pages by content, and what each address of a source said last."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from monitor.domain.pages import Page, Validators
from monitor.domain.readings import Outcome, Reading
from monitor.domain.reconcile.decide import Changes
from monitor.errors import StoreError
from monitor.store.codec import Spelled, bounded, said_digest
from monitor.store.schema import AddressRow, PageRow


@dataclass(frozen=True, slots=True)
class Seen:
    """What one address brought: the page fetched, the stored page that says the same, the digest of what both say; is it *news*?"""

    url: str
    fetched: str
    evidence: str
    stated: str
    news: bool


class Pages:
    """The stored pages."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def find(self, digest: str) -> Page | None:
        """A stored page by its hash; None if its body is not stored."""
        row = self._db.execute(select(PageRow).where(PageRow.hash == digest, PageRow.body.is_not(None))).one_or_none()
        return Page(row.url, _unpacked(row), row.fetched_at, row.content_type) if row else None

    def evidence(self, source: str) -> dict[str, Page]:
        """By address, the stored page that says what the last reading of the source said."""
        wanted = select(AddressRow.url.label("address"), PageRow).join(PageRow, PageRow.hash == AddressRow.evidence)
        rows = self._db.execute(wanted.where(AddressRow.source == source, PageRow.body.is_not(None)))
        return {row.address: Page(row.address, _unpacked(row), row.fetched_at, row.content_type) for row in rows}

    def keep(self, page: Page) -> None:
        """Store a page, once; a body that was thinned out comes back."""
        if self._db.execute(select(PageRow.hash).where(PageRow.hash == page.hash, PageRow.body.is_not(None))).first():
            return
        body = zlib.compress(page.body)
        values = {"hash": page.hash, "url": page.url, "fetched_at": page.fetched_at, "content_type": page.content_type}
        upsert = insert(PageRow).values(**values, size=len(page.body), body=body)
        self._db.execute(upsert.on_conflict_do_update(index_elements=["hash"], set_={"body": body}))

    def look(self, reading: Reading, changes: Changes, spelled: Spelled) -> list[Seen]:
        """Store the pages of a reading that are news or evidence, and say what each address brought.

        A page that only words differently what its address said before is not stored: the earlier page stays the evidence.
        """
        before = self._addresses(reading.source.key)
        cited = {claim.page for claim in changes.claims.added}
        suspect = changes.verdict.outcome is not Outcome.GOOD
        seen = []
        for page, parsed in reading.pages:
            old, stated = before.get(page.url), said_digest(parsed, spelled)
            news = old is None or old.stated != stated
            evidence = page.hash if old is None or news or suspect or page.hash in cited else old.evidence
            if evidence == page.hash:
                self.keep(page)
            seen.append(Seen(bounded("an address", page.url), page.hash, evidence, stated, news))
        return seen

    def remember(self, reading: Reading, seen: list[Seen], validators: Mapping[str, Validators], *, whole: bool) -> None:
        """Write what differs of each address; with a *whole* reading, forget the addresses it no longer has.

        A page taken from the store (its address answered "not modified") keeps the validators it has.
        """
        source = reading.source.key
        before = self._addresses(source)
        for one in seen:
            old = before.pop(one.url, None)
            given = validators.get(one.url)
            if given is None and old and one.fetched in {old.evidence, old.fetched}:
                given, fetched = Validators(old.etag, old.last_modified), old.fetched
            else:
                given, fetched = given or Validators(), one.fetched
            now = {"etag": given.etag, "last_modified": given.last_modified}
            now |= {"fetched": fetched, "evidence": one.evidence, "stated": one.stated}
            if old is None or any(getattr(old, name) != value for name, value in now.items()):
                upsert = insert(AddressRow).values(source=source, url=one.url, **now)
                self._db.execute(upsert.on_conflict_do_update(index_elements=["source", "url"], set_=now))
        gone = [url for url in before if whole]
        if gone:
            self._db.execute(delete(AddressRow).where(AddressRow.source == source, AddressRow.url.in_(gone)))

    def _addresses(self, source: str) -> dict[str, Row[AddressRow]]:
        return {row.url: row for row in self._db.execute(select(AddressRow).where(AddressRow.source == source))}


def _unpacked(row: Any) -> bytes:  # noqa: ANN401 - a row with a page
    try:
        return zlib.decompress(row.body)
    except zlib.error as error:
        msg = f"the stored page {row.hash} is damaged"
        raise StoreError(msg) from error
