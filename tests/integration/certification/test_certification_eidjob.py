"""The job that fetches lists of revoked cards, and what is told of a town's settings."""

from datetime import timedelta
from helpers.eidpki import Country
from helpers.eidpki import SECRET
from helpers.eidpki import write_settings
from http.server import SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plonegov.certification.adapters import eidlists
from plonegov.certification.adapters.eidway import EidWay
from plonegov.certification.api.eidstate import eid_state
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.interfaces import ISignInWay
from plonegov.core.api import now
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IJob
from zope.component import getUtility
from zope.interface.verify import verifyObject

import functools
import pytest
import shutil
import threading


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a log."""

    def log_message(self, *args):
        pass


@pytest.fixture
def published(tmp_path):
    """Return a folder and the address at which its files are."""
    handler = functools.partial(Quiet, directory=tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def town(portal):
    """The site of a town without settings for cards, as it is afterwards, too."""
    yield portal
    shutil.rmtree(home() / "crl", ignore_errors=True)
    shutil.rmtree(home() / "keys" / TOWN / "eid", ignore_errors=True)
    (home() / "keys" / TOWN / "eid.toml").unlink(missing_ok=True)


def job():
    return getUtility(IJob, name="plonegov.certification.fetch_crls")


def test_the_way_and_the_job_are_there(town):
    way = getUtility(ISignInWay, name="eid")
    assert verifyObject(ISignInWay, way) and isinstance(way, EidWay)
    assert verifyObject(IJob, job()) and job().every == 3600
    assert not way.is_ready()
    assert job().run(town) is None
    assert eid_state() is None


def test_the_job_fetches_what_is_published(town, published):
    folder, url = published
    country = Country(now().replace(microsecond=0))
    crls = [f"{url}/{one.file}.crl" for one in country.authorities]
    more = f"crls = {crls}\n".replace("'", '"')
    authorities = [country.root]
    path = write_settings(home(), TOWN, authorities, more=more)
    assert EidWay().is_ready()
    (state,) = eid_state().authorities
    assert (state.root, state.list, state.list_made) == (True, "missing", None)
    for one in country.authorities:
        (folder / f"{one.file}.crl").write_bytes(one.crl())
    assert job().run(town) == "3 lists, 2 failed"  # two are of nobody here
    (state,) = eid_state().authorities
    assert state.list == "current"
    assert state.list_ends - state.list_made == timedelta(days=1)
    assert state.expires == country.root.certificate.not_valid_after_utc
    old = country.root.crl(since=now() - timedelta(days=3))
    kept = eidlists.path_of(TOWN, country.root.certificate)
    kept.write_bytes(old)
    assert eid_state().authorities[0].list == "stale"
    kept.write_bytes(country.citizens.crl())
    assert eid_state().authorities[0].list == "foreign"
    assert eid_state().secret_length == len(SECRET)
    assert SECRET not in repr(eid_state())
    path.chmod(0o644)
    assert eid_state().wrong["key"] == "mode"
    assert not EidWay().is_ready()
    with pytest.raises(SettingsWrong):
        job().run(town)
