"""``plonegov retention person``: all that is held on one person (GDPR art. 15)."""

from helpers.orders import request
from helpers.serving import JSON
from zipfile import ZipFile

import json
import pytest
import requests


REASON = "Request 2026-17"
WHO = [
    "retention",
    "person",
    "--municipality",
    "seneffe",
    "--first-name",
    "Ada",
    "--last-name",
    "Exemple",
    "--birth-date",
    "1985-07-30",
    "--reason",
]


@pytest.fixture(scope="module")
def reference(served):
    """An order of the person's, placed at the served site."""
    answer = requests.post(
        f"{served.url}/@orders", json=request(), headers=JSON, timeout=60
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["reference"]


@pytest.fixture(scope="module")
def export(served, reference, tmp_path_factory):
    """What the command told, and the file that it wrote."""
    path = tmp_path_factory.mktemp("export") / "ada.zip"
    code, out, err = served.run(*WHO, REASON, "--to", str(path), "--json")
    assert code == 0, err
    return json.loads(out), path


def test_the_file_holds_the_orders_and_only_its_owner_may_read_it(export, reference):
    told, path = export
    assert path.stat().st_mode & 0o777 == 0o600
    data = json.loads(ZipFile(path).read("data.json"))
    assert reference in [order["reference"] for order in data["orders"]]
    assert told["orders"] == len(data["orders"])
    assert data["reason"] == REASON


def test_that_it_was_done_by_whom_and_why_is_in_the_log(served, export, reference):
    told, _path = export
    (log,) = (served.home / "audit" / "seneffe").glob("reads-*.personal")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    (entry,) = [line for line in lines if line["object"] == told["export"]]
    assert (entry["action"], entry["reason"]) == ("export_person", REASON)
    assert entry["user"].startswith("command:")
    assert ("export_order", reference) in [
        (line["action"], line["object"]) for line in lines
    ]
    assert "Exemple" not in log.read_text()


def test_a_file_that_is_there_is_not_overwritten(served, export):
    _told, path = export
    before = path.read_bytes()
    code, out, _err = served.run(*WHO, REASON, "--to", str(path), "--json")
    assert (code, json.loads(out)["error"]) == (1, "file_there")
    assert path.read_bytes() == before


def test_without_a_reason_nothing_is_given(served, tmp_path):
    assert served.run(*WHO[:-1], "--to", str(tmp_path / "ada.zip"))[0] == 2
    assert list(tmp_path.iterdir()) == []
