"""Lists of revoked cards are fetched from a real server; only right ones are kept."""

from datetime import timedelta
from helpers.eidpki import Country
from helpers.eidpki import NOW
from helpers.eidpki import write_settings
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plonegov.certification.adapters import eidlists
from plonegov.certification.adapters.eidsettings import load_eid

import base64
import os
import pytest
import threading
import time


TOWN = "exempleville"
COUNTRY = Country()
STRANGERS = Country()
DAY = timedelta(days=1)
ROOT, CITIZENS = COUNTRY.root, COUNTRY.citizens


class Handler(BaseHTTPRequestHandler):
    """Answers with what the server's ``answers`` have under the path."""

    def do_GET(self):
        found = self.server.answers.get(self.path)
        if found is None:
            self.send_error(404)
        elif callable(found):
            found(self)
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers = {}
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(tmp_path, monkeypatch, server):
    """Return a town's settings that name two addresses of the server."""
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    more = f'crls = ["{server.url}/root.crl", "{server.url}/citizens.crl"]\n'
    write_settings(tmp_path, TOWN, [ROOT, CITIZENS], more=more)
    server.answers["/root.crl"] = ROOT.crl()
    server.answers["/citizens.crl"] = CITIZENS.crl()
    return load_eid(TOWN)


def fetched(settings, now=NOW):
    """Return the last parts of the addresses of the town's own that failed."""
    return [
        url.rpartition("/")[2]
        for url in eidlists.fetch_all(TOWN, settings, now)
        if "127.0.0.1" in url
    ]


def kept(authority):
    return eidlists.kept(TOWN, authority.certificate)


def test_addresses_are_those_of_settings_and_certificates(settings):
    *ours, named = eidlists.addresses(settings)
    assert [url.rpartition("/")[2] for url in ours] == ["root.crl", "citizens.crl"]
    assert named == "http://crl.eid.example/belgium-root-ca.crl"


def test_right_lists_are_kept_for_their_authority_alone(settings, server):
    assert fetched(settings) == []
    assert kept(CITIZENS).issuer == CITIZENS.subject
    assert kept(ROOT).issuer == ROOT.subject
    for file in eidlists.path_of(TOWN, ROOT.certificate).parent.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
    newer = CITIZENS.crl(CITIZENS.card(), since=NOW)
    server.answers["/citizens.crl"] = newer
    assert fetched(settings) == []
    assert len(kept(CITIZENS)) == 1


def test_a_list_in_text_is_kept_too(settings, server):
    text = base64.encodebytes(CITIZENS.crl())
    server.answers["/citizens.crl"] = (
        b"-----BEGIN X509 CRL-----\n" + text + b"-----END X509 CRL-----\n"
    )
    assert fetched(settings) == []
    assert kept(CITIZENS).issuer == CITIZENS.subject


def redirect(handler):
    handler.send_response(302)
    handler.send_header("Location", "/root.crl")
    handler.end_headers()


def cut(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"x" * 10)


def no_http(handler):
    handler.wfile.write(b"\r\n\r\nx")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"<html>Sign in to the wireless network</html>",
        CITIZENS.crl()[:-20],
        CITIZENS.crl(key=STRANGERS.citizens.key, since=NOW),
        STRANGERS.citizens.crl(since=NOW),
        CITIZENS.crl(since=NOW - 2 * DAY),
        CITIZENS.crl(since=NOW + DAY),
        CITIZENS.crl(since=NOW - timedelta(hours=2)),
        redirect,
        cut,
        no_http,
    ],
    ids=[
        *("missing", "empty", "page", "cut", "forged", "strangers", "stale", "early"),
        *("older", "redirect", "broken_off", "no_http"),
    ],
)
def test_a_wrong_answer_leaves_the_kept_list(settings, server, answer):
    card = CITIZENS.card()
    server.answers["/citizens.crl"] = CITIZENS.crl(card)
    assert fetched(settings) == []
    path = eidlists.path_of(TOWN, CITIZENS.certificate)
    before = path.read_bytes()
    server.answers["/citizens.crl"] = answer
    assert fetched(settings) == ["citizens.crl"]
    assert path.read_bytes() == before
    assert kept(ROOT) is not None


def test_what_has_no_end_is_not_read_to_it(settings, server, monkeypatch):
    monkeypatch.setattr(eidlists, "MOST", 1 << 18)
    server.answers["/citizens.crl"] = b"x" * (1 << 19)
    assert fetched(settings) == ["citizens.crl"]

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _turn in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    monkeypatch.setattr(eidlists, "DEADLINE", 0.3)
    server.answers["/citizens.crl"] = drip
    began = time.monotonic()
    assert fetched(settings) == ["citizens.crl"]
    assert time.monotonic() - began < 3


def test_who_does_not_answer_is_not_waited_for(settings, server, monkeypatch):
    monkeypatch.setattr(eidlists, "PATIENCE", 0.2)
    done = threading.Event()
    server.answers["/citizens.crl"] = lambda handler: done.wait(10)
    began = time.monotonic()
    assert fetched(settings) == ["citizens.crl"]
    assert time.monotonic() - began < 3
    done.set()


def test_a_disk_that_is_full_leaves_the_kept_list(settings, server, monkeypatch):
    assert fetched(settings) == []
    server.answers["/citizens.crl"] = CITIZENS.crl(CITIZENS.card(), since=NOW)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert fetched(settings) == ["root.crl", "citizens.crl"]
    assert len(kept(CITIZENS)) == 0
    folder = eidlists.path_of(TOWN, ROOT.certificate).parent
    assert len(list(folder.iterdir())) == 2
