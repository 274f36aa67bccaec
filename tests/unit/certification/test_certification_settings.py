"""What ``seal.toml`` may say; what is wrong is named with what is allowed."""

from plonegov.certification.domain.errors import SealSettingsWrong
from plonegov.certification.domain.settings import read
from plonegov.certification.domain.settings import SealSettings
from plonegov.certification.domain.settings import Timestamps
from plonegov.certification.domain.settings import Token

import pytest


STAMPS = '[timestamp]\nurl = "https://tsa.example/tsa"\n'
TOKEN = """[pkcs11]
module = "/usr/lib/module.so"
token = "town"
key = "seal"
pin_file = "seal.pin"
"""
ACCOUNT = 'user = "town"\npassword = "secret-canary"\n'


def test_an_empty_file_says_nothing():
    assert read("", "seal.toml") == SealSettings()


def test_both_tables_are_read():
    found = read(STAMPS + ACCOUNT + TOKEN, "seal.toml")
    url = "https://tsa.example/tsa"
    assert found.timestamp == Timestamps(url, "town", "secret-canary")
    assert found.pkcs11 == Token("/usr/lib/module.so", "town", "seal", "seal.pin")
    assert read(STAMPS, "seal.toml").timestamp == Timestamps(url)


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("[timestamp", "", "TOML"),
        ('timestamp = "x"', "timestamp", "a table [timestamp]"),
        ("[stamp]", "stamp", "[timestamp] or [pkcs11]"),
        ("[timestamp]", "timestamp.url", "a text"),
        ('[timestamp]\nurl = ""', "timestamp.url", "a text"),
        ("[timestamp]\nurl = 3", "timestamp.url", "a text"),
        (STAMPS + 'adress = "x"', "timestamp.adress", "url, user, password"),
        ('[timestamp]\nurl = "ftp://x"', "timestamp.url", "https://..."),
        ('[timestamp]\nurl = "https://"', "timestamp.url", "https://..."),
        (
            '[timestamp]\nurl = "https://a:secret-canary@x"',
            "timestamp.url",
            "the keys user and password",
        ),
        (STAMPS + 'user = "x"', "timestamp", "both user and password, or none"),
        (
            STAMPS + 'password = "secret-canary"',
            "timestamp",
            "both user and password, or none",
        ),
        (TOKEN.replace("/usr/lib/", ""), "pkcs11.module", "an absolute path"),
        (TOKEN.replace("seal.pin", "../pin"), "pkcs11.pin_file", "a name, no path"),
        (TOKEN.replace('key = "seal"', ""), "pkcs11.key", "a text"),
    ],
)
def test_what_is_wrong_is_named(text, key, allowed):
    with pytest.raises(SealSettingsWrong) as wrong:
        read(text, "seal.toml")
    found = wrong.value.context
    assert (found["file"], found["key"], found["allowed"]) == (
        "seal.toml",
        key,
        allowed,
    )
    assert "canary" not in str(wrong.value)
