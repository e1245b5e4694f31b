"""Copies as text: what is written reads back, equal copies give equal bytes."""

from datetime import UTC, datetime

from monitor.domain.bundles import Copy, Sheet
from monitor.domain.claims import Authority
from monitor.domain.facts import InStage, Listed, NoRetirement, ReplacedBy, Retires, Spec, SpecName, Stage
from monitor.domain.identity import Kind
from monitor.parsing.bundles import bundle_text, read_bundle
from tests.builders import key, statement, when

SAID = (
    statement(Listed(), quote=""),
    statement(Retires(when("2026-10", floor=True), promise=True), key(region=["eu", "us"]), "", status=True, said_on="2026-02-01"),
    statement(Retires(when("2026-05-15", at=datetime(2026, 5, 15, 19, tzinfo=UTC))), "gpt-4o", "", authority=Authority.REPORT),
    statement(NoRetirement(), "o1", "", family=True),
    statement(InStage(Stage.LEGACY), "Assistants API", "", kind=Kind.SERVICE),
    statement(ReplacedBy("gpt-5 – mini"), key("gpt-4", provider="azure"), ""),
    statement(Spec(SpecName.MAX_OUTPUT, "32768"), "o1", ""),
)
AS_OF = datetime(2026, 8, 20, tzinfo=UTC)


def copy(*sheets: Sheet) -> Copy:
    return Copy("openai_deprecations", "openai", Authority.PROVIDER, AS_OF, 3, sheets)


def test_a_copy_reads_back_as_it_was_written() -> None:
    text = bundle_text(copy(Sheet("https://a.test/1", "aa", SAID), Sheet("https://a.test/2", "bb", SAID[:1])))
    back = read_bundle(text)
    assert (back.source, back.provider, back.authority, back.as_of, back.reader_version) == (
        "openai_deprecations",
        "openai",
        Authority.PROVIDER,
        AS_OF,
        3,
    )
    assert [(sheet.url, sheet.page, set(sheet.statements)) for sheet in back.sheets] == [
        ("https://a.test/1", "aa", set(SAID)),
        ("https://a.test/2", "bb", set(SAID[:1])),
    ]


def test_the_order_and_repetition_of_statements_do_not_matter_to_the_bytes() -> None:
    one = bundle_text(copy(Sheet("https://a.test/1", "aa", SAID)))
    assert bundle_text(copy(Sheet("https://a.test/1", "aa", (*reversed(SAID), SAID[0])))) == one
    assert read_bundle(one).digest != read_bundle(bundle_text(copy(Sheet("https://a.test/1", "aa", SAID[1:])))).digest


def test_a_line_is_small_sorted_and_says_only_what_does_not_go_without_saying() -> None:
    [head, sheet, line] = bundle_text(copy(Sheet("https://a.test/1", "aa", SAID[:1]))).splitlines()
    assert head == '{"as_of":"2026-08-20","authority":"provider","provider":"openai","reader_version":3,"source":"openai_deprecations"}'
    assert sheet == '{"page":"aa","url":"https://a.test/1"}'
    assert line == '{"fact":"listed","model":"gpt-4.1-mini"}'
