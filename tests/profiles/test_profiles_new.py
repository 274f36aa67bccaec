"""A new town while the site serves: made, applied, looked at and given back."""

from plonegov.municipalities.loader.exporting import FILE_NAME
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import io
import json
import pytest
import re
import requests
import zipfile


NEW = (
    *("municipality", "new", "hotton", "--country", "be", "--name", "Hotton"),
    *("--postal-code", "6990", "--official-code", "83028", "--yes", "--json"),
)
PASSWORD = "a-password-for-tests"
STAFF = ("itstaff", PASSWORD)
TOKEN = re.compile(
    r'name="_authenticator"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="_au'
)
SEEN = re.compile(r'name="seen"[^>]*value="(\w+)"')
ENGLISH = {"Accept-Language": "en", "Cookie": "I18N_LANGUAGE=en"}


@pytest.fixture(scope="module")
def hotton(served):
    """The folder of a new town's profile, whose site was made while Zope serves."""
    code, out, err = served.run(*NEW)
    assert code == 0, err
    assert json.loads(out)["next"] == "plonegov municipality apply hotton"
    served.environment["PLONEGOV_DEMO_PASSWORD"] = PASSWORD
    code, out, err = served.run("municipality", "apply", "hotton", "--demo", "--json")
    assert (code, json.loads(out)["created"]) == (0, True), err
    return served.home / "profiles" / "hotton"


def address(served, path=""):
    return f"http://localhost:{served.port}/hotton{path}"


def page(served, path, auth=None):
    return requests.get(address(served, path), auth=auth, headers=ENGLISH, timeout=60)


def post(served, text, **form):
    """Send a form of the panel with the token of its page."""
    token = next(filter(None, TOKEN.search(text).groups()))
    return requests.post(
        address(served, "/municipality-profile"),
        data=form | {"_authenticator": token},
        auth=STAFF,
        headers=ENGLISH,
        timeout=60,
    )


def test_the_new_town_has_its_pages_without_a_restart(served, hotton):
    for path in ("", "/counter", "/counter/residence", "/offices", "/login"):
        assert page(served, path).status_code == 200, path
    assert "Hotton" in page(served, "").text
    answer = page(served, "/@@overview-controlpanel", STAFF)
    assert (answer.status_code, "municipality-profile" in answer.text) == (200, True)


def test_its_export_gives_back_the_same_bytes(served, hotton, tmp_path):
    code, out, err = served.run(
        "municipality", "export", "hotton", "--to", str(tmp_path), "--json"
    )
    assert (code, json.loads(out)["left"]) == (0, []), err
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in hotton.iterdir()}


def test_the_panel_is_for_the_towns_administrators_only(served, hotton):
    for name in ("municipality-profile", "municipality-export"):
        assert page(served, f"/{name}", STAFF).status_code == 200
        for account in (None, ("clerk", PASSWORD), ("citizen", PASSWORD)):
            answer = page(served, f"/{name}", account)
            refused = answer.status_code in (401, 403) or "login" in answer.url
            assert refused, (name, account)
            assert "83028" not in answer.text


def test_the_panel_applies_what_it_showed_and_only_with_its_token(served, hotton):
    file = hotton / FILE_NAME
    text = file.read_text(encoding="utf-8")
    changed = text.replace(
        'localities = ["Hotton"]', 'localities = ["Hotton", "Melreux"]'
    )
    assert "Nothing differs" in page(served, "/municipality-profile", STAFF).text
    file.write_text(changed, encoding="utf-8")
    shown = page(served, "/municipality-profile", STAFF).text
    assert "localities" in shown
    forged = requests.post(
        address(served, "/municipality-profile"), auth=STAFF, timeout=60
    )
    assert forged.status_code == 403
    confirm = post(served, shown)
    [seen] = SEEN.findall(confirm.text)
    file.write_text(changed.replace("Melreux", "Hampteau"), encoding="utf-8")
    again = post(served, confirm.text, seen=seen)
    [other] = SEEN.findall(again.text)
    assert (seen == other, "Melreux" in page(served, "", STAFF).text) == (False, False)
    done = post(served, again.text, seen=other)
    assert "The profile was applied" in done.text
    assert "Hampteau" in page(served, "/municipality-profile", STAFF).text
    assert "Nothing differs" in done.text
    file.write_text(text, encoding="utf-8")
    shown = page(served, "/municipality-profile", STAFF).text
    [seen] = SEEN.findall(post(served, shown).text)
    assert "Nothing differs" in post(served, shown, seen=seen).text


def test_a_broken_profile_is_told_in_the_panel(served, hotton):
    file = hotton / FILE_NAME
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Europe/Brussels", "Europe/Nowhere"), "utf-8")
    try:
        shown = page(served, "/municipality-profile", STAFF).text
    finally:
        file.write_text(text, encoding="utf-8")
    assert "timezone" in shown
    assert "Europe/Nowhere" in shown


def test_the_panels_export_is_the_profiles_folder(served, hotton):
    answer = page(served, "/municipality-export", STAFF)
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {f"hotton/{f.name}": f.read_bytes() for f in hotton.iterdir()}


def test_plones_form_makes_a_town_and_no_second_one(served, hotton):
    """What the page to add a site sends, with the account of the Zope root."""
    names = [row["name"] for row in sites(served)["distributions"]]
    assert {"seneffe", "sambreville"} <= set(names)
    made = add_site(served, "sambreville", "sambre")
    assert made.json()["@id"].endswith("/sambre")
    counter = f"http://localhost:{served.port}/sambre/counter"
    assert requests.get(counter, timeout=60).status_code == 200
    assert (served.home / "locks" / "sambre.lock").exists()
    second = add_site(served, "sambreville", "sambre2")
    assert (second.status_code, second.json()["type"]) == (409, "municipality_taken")
    schema = sites(served, "/sambreville")
    assert schema["schema"]["definitions"]["timezones"]
    hidden = {
        name for name, value in schema["uischema"].items() if "ui:widget" in value
    }
    assert set(schema["schema"]["properties"]) - hidden == {"site_id"}


def sites(served, path=""):
    return requests.get(
        f"http://localhost:{served.port}/@sites{path}",
        auth=("admin", served.password),
        headers={"Accept": "application/json"},
        timeout=60,
    ).json()


def add_site(served, municipality, site_id):
    answers = {"distribution": municipality, "site_id": site_id, "title": "x"}
    return requests.post(
        f"http://localhost:{served.port}/@sites/",
        json=answers | {"setup_content": False},
        auth=("admin", served.password),
        headers={"Accept": "application/json"},
        timeout=120,
    )


def test_addresses_of_the_panel_hold_no_secret(served, hotton):
    answer = page(served, "/municipality-profile", STAFF)
    assert parse_qs(urlsplit(answer.url).query) == {}
    assert answer.headers["Cache-Control"] == "no-store"
