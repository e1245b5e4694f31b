"""Mails: which part is read, when they were sent and by whom; and mails that are broken on purpose."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.facts import Fact, Retires
from monitor.domain.pages import Page
from monitor.errors import Undecodable
from monitor.parsing.documents.decoding import decode
from monitor.parsing.news.mails import is_mail, mail_or_page, read_mail
from monitor.sources import find_source
from tests.builders import when

AT = datetime(2026, 11, 21, tzinfo=UTC)
HEAD = b"From: Vendor <no-reply@vendor.test>\r\nTo: dev@acme.test\r\nSubject: A model ends\r\nDate: Tue, 17 Nov 2026 09:30:00 -0800\r\n"
PLAIN = HEAD + b"\r\nThe model `alpha-1` will be retired on January 31, 2027.\r\n"
BOTH = (
    HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b'--x\r\nContent-Type: multipart/alternative; boundary="y"\r\n\r\n'
    b"--y\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
    b"--y\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>caf=E9 <code>alpha-1</code> will be retired on January 31, 2027.</p>\r\n--y--\r\n"
    b"--x\r\nContent-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>attached</p>\r\n--x--\r\n"
)


def page(body: bytes) -> Page:
    return Page("record:1", body, AT)


def said(body: bytes) -> set[tuple[str, Fact]]:
    parsed = find_source("generic_page").parse(page(body), "acme")
    return {(statement.key.model, statement.fact) for statement in parsed.statements}


def test_the_html_part_is_read_with_its_own_charset_and_no_attachment() -> None:
    part = read_mail(page(BOTH)).part
    assert decode(part.body, part.content_type).startswith("<p>caf\u00e9 <code>alpha-1</code>")
    assert said(BOTH) == {("alpha-1", Retires(when("2027-01-31")))}


def test_a_mail_of_plain_text_is_read_as_a_page() -> None:
    assert said(PLAIN) == {("alpha-1", Retires(when("2027-01-31")))}


def test_when_it_was_sent_and_by_whom() -> None:
    mail = read_mail(page(PLAIN))
    assert (mail.sent_at, mail.sender) == (datetime(2026, 11, 17, 17, 30, tzinfo=UTC), "Vendor <no-reply@vendor.test>")


@pytest.mark.parametrize(
    ("header", "sent_at"),
    [
        (b"Date: Tue, 17 Nov 2026 09:30:00 -0000", datetime(2026, 11, 17, 9, 30, tzinfo=UTC)),
        (b"Date: yesterday", None),
        (b"Date: Tue, 99 Nov 99999 09:30:00 +9999", None),
        (b"X-Date: none", None),
    ],
)
def test_an_unreadable_date_is_none(header: bytes, sent_at: datetime | None) -> None:
    assert read_mail(page(b"From: a@b.test\nSubject: x\n" + header + b"\n\ntext\n")).sent_at == sent_at


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        (b"From: =?utf-8?q?OpenAI_=E2=9C=A8?= <a@b.test>", "OpenAI \u2728 <a@b.test>"),
        (b"From: =?no-such-charset?q?x?= <a@b.test>", ""),
        (b"From: =?utf-8?b?=?= <a@b.test>", "<a@b.test>"),
        (b"X-From: nobody", ""),
    ],
)
def test_a_sender_is_decoded_or_not_told(header: bytes, sender: str) -> None:
    assert read_mail(page(header + b"\nSubject: x\nTo: b@c.test\n\ntext\n")).sender == sender


@pytest.mark.parametrize(
    ("body", "mail"),
    [
        (PLAIN, True),
        (PLAIN.replace(b"\r\n", b"\n"), True),
        (b"From alice Tue Nov 17\n" + PLAIN, True),
        (b"# Deprecations\n\nFrom: x\nTo: y\n\ntext", False),
        (b"---\ntitle: x\ndate: y\n---\n\ntext", False),
        (b"title: x\nauthor: y\n\ntext", False),
        (b"<html><body>From: x</body></html>", False),
        (b"", False),
    ],
)
def test_a_mail_is_known_by_its_headers(body: bytes, mail: bool) -> None:  # noqa: FBT001 - a value under test
    assert is_mail(body) is mail
    if not mail:
        assert mail_or_page(page(body)).body == body


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Type: image/png\n\n\x89PNG",
        b"Content-Type: text/html\n\n   \n",
        b'Content-Type: multipart/mixed; boundary="x"\n\n',
        b"Content-Type: multipart/mixed; boundary=" + b"x" * 5000 + b"\n\n--y\n",
    ],
)
def test_a_mail_without_a_text_is_refused(more: bytes) -> None:
    with pytest.raises(Undecodable, match="mail"):
        mail_or_page(page(b"From: a@b.test\nSubject: x\n" + more))


def test_a_thousand_nested_parts_are_refused_or_read() -> None:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2000))
    with pytest.raises(Undecodable, match="mail"):
        mail_or_page(page(b"From: a@b.test\nSubject: x\n" + parts + b"Content-Type: image/png\n\nend\n"))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"Content-Type: text/html; charset=", b"Content-Transfer-Encoding: base64\n\n", b"Date: "]),
)
def test_no_bytes_make_a_mail_raise_anything_but_our_own_error(noise: bytes, before: bytes) -> None:
    try:
        mail_or_page(page(b"From: a@b.test\nSubject: x\n" + before + noise + b"\n\ntext\n"))
    except Undecodable:
        return
