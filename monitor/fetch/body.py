"""Bodies: read in small pieces, decompressed in small pieces, counted before they are kept."""

import zlib
from collections.abc import Iterator

import httpx

from monitor.errors import BadEncoding, BodyTooLarge

_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_LONGEST_NUMBER = 19


def read_body(response: httpx.Response, max_bytes: int, shown: str) -> bytes:
    """The whole body, decompressed; raises BodyTooLarge or BadEncoding before it holds much more than *max_bytes*."""
    gzipped = _is_gzipped(response, shown)
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > _LONGEST_NUMBER or int(declared) > max_bytes):
        raise _too_large(max_bytes, shown)
    pieces = _counted(response.iter_raw(), max_bytes, shown)
    if gzipped:
        pieces = _counted(_gunzipped(pieces, shown), max_bytes, shown)
    body = bytearray()
    for piece in pieces:
        body += piece
    return bytes(body)


def _is_gzipped(response: httpx.Response, shown: str) -> bool:
    listed = response.headers.get_list("content-encoding", split_commas=True)
    codings = [coding.lower() for coding in listed if coding.lower() not in {"", "identity"}]
    if codings in ([], ["gzip"], ["x-gzip"]):
        return bool(codings)
    raise BadEncoding(f"{shown} answers in a coding that was not asked for: {', '.join(codings)[:60]!r}")


def _counted(pieces: Iterator[bytes], max_bytes: int, shown: str) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise _too_large(max_bytes, shown)
        yield piece


def _gunzipped(pieces: Iterator[bytes], shown: str) -> Iterator[bytes]:
    """Members may follow each other (RFC 1952, section 2.2); anything else after a member is refused."""
    member = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            rest, more = piece, bool(piece)
            while more:
                if member.eof:
                    member = zlib.decompressobj(_GZIP)
                out = member.decompress(rest, _PIECE)
                yield out
                rest = member.unused_data if member.eof else member.unconsumed_tail
                # A full piece may have more behind it even where all input is used up.
                more = bool(rest) or (len(out) == _PIECE and not member.eof)
    except zlib.error as error:
        raise BadEncoding(f"{shown} sends broken gzip") from error
    if not member.eof:
        raise BadEncoding(f"{shown} sends gzip that ends too early")


def _too_large(max_bytes: int, shown: str) -> BodyTooLarge:
    return BodyTooLarge(f"{shown} sends more than {max_bytes} bytes")
