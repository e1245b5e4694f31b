"""Secrets are hidden in every spelling in which they travel; words stay."""

import json

from monitor.config.redaction import Redacted


def test_a_secret_is_hidden_as_it_is_in_an_address_in_json_and_in_a_repr() -> None:
    redacted = Redacted()
    assert redacted.redact("nothing known") == "nothing known"
    secret = 'pa ss/"w\\örd'
    redacted.keep(secret)
    for text in (secret, json.dumps(secret), repr(secret), "pa%20ss/%22w%5C%C3%B6rd", "pa+ss%2F%22w%5C%C3%B6rd"):
        assert "rd" not in redacted.redact(text), text


def test_of_an_address_the_password_and_the_tokens_are_hidden_and_host_and_words_are_not() -> None:
    redacted = Redacted()
    redacted.keep_address("postgresql+psycopg://watch:hunter2@db.example.com:5432/modelwatch")
    assert redacted.redact("cannot reach db.example.com:5432/modelwatch as watch with hunter2") == (
        "cannot reach db.example.com:5432/modelwatch as watch with ***"
    )
    redacted.keep_address("https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/xoxSECRETxox")
    assert (
        redacted.redact("POST hooks.slack.com /services/T0AAAAAAA/B0BBBBBBB/xoxSECRETxox") == "POST hooks.slack.com /services/***/***/***"
    )


def test_what_is_too_short_to_be_told_from_a_word_stays() -> None:
    redacted = Redacted()
    redacted.keep("abc")
    redacted.keep("")
    assert redacted.redact("abc") == "abc"
