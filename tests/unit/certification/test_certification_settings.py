"""What ``seal.toml`` may say; what is wrong is named with what is allowed."""

from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.sealsettings import seal_settings
from plonegov.certification.domain.sealsettings import SealSettings
from plonegov.certification.domain.sealsettings import Timestamps
from plonegov.certification.domain.sealsettings import Token
from plonegov.certification.domain.settings import parsed
from plonegov.certification.domain.settings import Refuser

import pytest


STAMPS = '[timestamp]\nurl = "https://tsa.example/tsa"\n'
TOKEN = """[pkcs11]
module = "/usr/lib/module.so"
token = "town"
key = "seal"
pin_file = "seal.pin"
"""
URL = "https://..., an account in the keys user and password"
ACCOUNT = 'user = "town"\npassword = "secret-canary"\n'


def read(text):
    wrong = Refuser("seal.toml")
    return seal_settings(parsed(text, wrong), wrong)


def test_an_empty_file_says_nothing():
    assert read("") == SealSettings()


def test_both_tables_are_read():
    found = read(STAMPS + ACCOUNT + TOKEN)
    url = "https://tsa.example/tsa"
    assert found.timestamp == Timestamps(url, "town", "secret-canary")
    assert found.pkcs11 == Token("/usr/lib/module.so", "town", "seal", "seal.pin")
    assert read(STAMPS).timestamp == Timestamps(url)


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("[timestamp", "text", "TOML"),
        ('timestamp = "x"', "timestamp", "a table [timestamp]"),
        ("[stamp]", "stamp", "timestamp, pkcs11"),
        ("[timestamp]", "timestamp.url", "a text"),
        ('[timestamp]\nurl = ""', "timestamp.url", "a text"),
        ("[timestamp]\nurl = 3", "timestamp.url", "a text"),
        (STAMPS + 'adress = "x"', "timestamp.adress", "url, user, password"),
        ('[timestamp]\nurl = "ftp://x"', "timestamp.url", URL),
        ('[timestamp]\nurl = "https://"', "timestamp.url", URL),
        (
            '[timestamp]\nurl = "https://a:secret-canary@x"',
            "timestamp.url",
            URL,
        ),
        ('[timestamp]\nurl = "https://[tsa"', "timestamp.url", URL),
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
    with pytest.raises(SettingsWrong) as wrong:
        read(text)
    found = wrong.value.context
    assert (found["file"], found["key"], found["allowed"]) == (
        "seal.toml",
        key,
        allowed,
    )
    assert "canary" not in str(wrong.value)
