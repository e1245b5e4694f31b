# ruff: noqa: RUF001 - look-alikes are the point
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.inert import cost, field, inert, inert_address, listed, shorten


@pytest.mark.parametrize(
    ("scraped", "shown"),
    [
        ("<!channel> now", "‹!channel› now"),
        ("<@U1> <#C1> <!subteam^S1>", "‹＠U1› ‹#C1› ‹!subteam^S1›"),
        ("<https://evil.example|click>", "‹https[:]//evil.example|click›"),
        ("[m](https://evil.example) [m][1]", "[m] (https[:]//evil.example) [m] [1]"),
        ("see www.evil.example or ftp://evil.example", "see www[.]evil.example or ftp[:]//evil.example"),
        ("@here @everyone and (@channel)", "＠here ＠everyone and (＠channel)"),
        ("text-bison@001 and me@example.com", "text-bison@001 and me@example.com"),
        ("<script>alert(1)</script>", "‹script›alert(1)‹/script›"),
        ("two\r\nlines\x0band\ttabs\u2028here", "two lines and tabs here"),
        ("a\x00b\x1b[31mc", "a b [31mc"),
        ("left\u202eright\u2066x\u200b\ufeff", "leftrightx"),
        ("z" + "\u0301" * 500, "z" + "\u0301" * 3),
        ("lone \ud800 half", "lone half"),
        ("a & b", "a & b"),
        ("&lt;b&gt; &#60; &amp; R&D; a&b", "＆lt;b＆gt; ＆#60; ＆amp; R＆D; a&b"),
    ],
)
def test_scraped_text_is_inert(scraped: str, shown: str) -> None:
    assert inert(scraped) == shown


@given(st.text())
def test_whatever_the_text_nothing_of_it_is_syntax_or_hidden(text: str) -> None:
    safe = inert(text)
    assert safe.isprintable()
    assert not {"<", ">", "\n", "\u202e"} & set(safe)
    assert "](" not in safe
    assert inert(safe) == safe


@given(st.text(alphabet="ab&<…é"), st.integers(2, 40))
def test_a_field_never_costs_more_than_its_limit(text: str, limit: int) -> None:
    assert cost(field(text, limit)) <= limit


def test_a_text_that_fits_is_left_alone_and_a_longer_one_shows_that_it_was_cut() -> None:
    assert (shorten("abcdef", 6), shorten("abcdef", 5), shorten("&&", 9)) == ("abcdef", "abcd…", "&…")


def test_a_huge_text_is_read_no_further_than_it_can_be_shown() -> None:
    assert field("\u0301" * 1_000_000, 20).endswith("…")


def test_what_a_list_leaves_out_is_counted() -> None:
    assert listed(("a", "b", "c"), 2, 10) == "a, b, +1 more"


def test_an_address_keeps_its_meaning_and_mentions_nobody() -> None:
    assert inert_address(" https://x.example/@user/a b?q=1&r=<é>#f|g ") == "https://x.example/%40user/a%20b?q=1&r=%3C%C3%A9%3E#f%7Cg"
