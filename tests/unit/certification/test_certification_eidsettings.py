"""The town's settings for cards: what is wrong is named, and no secret is told."""

from cryptography.hazmat.primitives.serialization import Encoding
from helpers.eidpki import Country
from helpers.eidpki import SECRET
from helpers.eidpki import write_settings
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.domain.eidcard import POLICIES
from plonegov.certification.domain.errors import SettingsWrong

import pytest


TOWN = "exempleville"
COUNTRY = Country()
URL = 'url = "https://eid.exempleville.example"\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path


def wrong(key):
    """Return the error of the settings, which is about a key and tells no secret."""
    with pytest.raises(SettingsWrong) as caught:
        load_eid(TOWN)
    assert caught.value.context["key"] == key
    assert SECRET not in str(caught.value)
    return caught.value


def test_a_town_need_have_none(home):
    assert load_eid(TOWN) is None


def test_what_the_files_say_is_read(home):
    write_settings(home, TOWN, COUNTRY.authorities)
    found = load_eid(TOWN)
    assert found.url == "https://eid.exempleville.example"
    assert found.proxies == {"127.0.0.1", "::1"}
    assert (found.policies, found.crls) == (POLICIES, ())
    assert found.roots == (COUNTRY.root.certificate,)
    issuers = {COUNTRY.citizens.certificate, COUNTRY.others.certificate}
    assert set(found.issuers) == issuers
    assert SECRET not in repr(found)


def test_what_may_be_left_out_can_be_said(home):
    more = 'policies = ["2.16.56.12.1.1.2.2"]\ncrls = ["http://crl.example/a.crl"]'
    write_settings(home, TOWN, COUNTRY.authorities, "https://eid.example:8443/", more)
    found = load_eid(TOWN)
    assert found.url == "https://eid.example:8443"
    assert found.policies == {"2.16.56.12.1.1.2.2"}
    assert found.crls == ("http://crl.example/a.crl",)


def test_certificates_may_be_one_file_or_in_binary(home):
    folder = write_settings(home, TOWN, []).parent / "eid"
    chain = COUNTRY.root.pem + b"# the rest\n" + COUNTRY.citizens.pem
    (folder / "a.crt").write_bytes(chain)
    der = COUNTRY.others.certificate.public_bytes(Encoding.DER)
    (folder / "b.DER").write_bytes(der)
    (folder / "c.pem").write_bytes(COUNTRY.citizens.pem)
    (folder / "README.txt").write_bytes(b"From the State.")
    found = load_eid(TOWN)
    assert len(found.roots) == 1 and len(found.issuers) == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("https://", "http://", "url"),
        ("https://eid.exempleville.example", "https://", "url"),
        (".example", ".example/?a=b", "url"),
        ("https://eid.", "https://me@eid.", "url"),
        (URL, "", "url"),
        (URL, "url = 3\n", "url"),
        ('"127.0.0.1"', '"nginx"', "proxies"),
        ('["127.0.0.1", "::1"]', "[]", "proxies"),
        ('["127.0.0.1", "::1"]', '"127.0.0.1"', "proxies"),
        ('["127.0.0.1", "::1"]', "[1]", "proxies"),
        ("proxies", "proxy", "proxy"),
        (SECRET, SECRET[:31], "secret"),
        (SECRET, "é" * 40, "secret"),
        (f'"{SECRET}"', "1", "secret"),
        (URL, f'{URL}policies = ["citizens"]\n', "policies"),
        (URL, f"{URL}policies = []\n", "policies"),
        (URL, f'{URL}crls = ["file:///etc/passwd"]\n', "crls"),
        (URL, f'{URL}crls = ["ftp://crl.example/a"]\n', "crls"),
        (URL, "url\n", "text"),
        (URL, 'url = "https://[eid"\n', "url"),
        (URL, 'url = "https://eid.example:x"\n', "url"),
        (URL, f'{URL}crls = ["http://[crl"]\n', "crls"),
    ],
)
def test_a_wrong_setting_is_named(home, old, new, key):
    path = write_settings(home, TOWN, COUNTRY.authorities)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    wrong(key)


def test_a_file_in_another_encoding_is_refused(home):
    write_settings(home, TOWN, COUNTRY.authorities).write_bytes(b"url = '\xe9'")
    wrong("text")


def test_files_that_others_may_read_or_change_are_refused(home):
    path = write_settings(home, TOWN, COUNTRY.authorities)
    path.chmod(0o640)
    assert wrong("mode").context["found"] == "0640"
    path.chmod(0o600)
    (path.parent / "eid").chmod(0o777)
    assert wrong("mode").context["file"].endswith("/eid")


def test_certificates_must_be_there(home):
    folder = write_settings(home, TOWN, [COUNTRY.citizens]).parent / "eid"
    assert wrong("folder").context["found"] == "no root"
    (folder / "x.pem").write_bytes(b"x")
    assert wrong("file").context["file"].endswith("/eid/x.pem")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    assert wrong("folder").context["found"] == "missing"


def test_a_certificate_that_is_put_in_or_replaced_counts_at_once(home):
    folder = write_settings(home, TOWN, [COUNTRY.root]).parent / "eid"
    assert load_eid(TOWN).issuers == ()
    (folder / "a.pem").write_bytes(COUNTRY.citizens.pem)
    assert load_eid(TOWN).issuers == (COUNTRY.citizens.certificate,)
    (folder / "new.tmp").write_bytes(COUNTRY.others.pem)
    (folder / "new.tmp").replace(folder / "a.pem")
    assert load_eid(TOWN).issuers == (COUNTRY.others.certificate,)
    (folder / "a.pem").unlink()
    assert load_eid(TOWN).issuers == ()
