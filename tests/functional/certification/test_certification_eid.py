"""A real card's certificate over real TLS, through nginx as the manual sets it up."""

from helpers.eidpki import ELODIE
from helpers.eidpki import Person
from helpers.eidtown import CARD
from helpers.eidtown import CITIZENS
from helpers.eidtown import COUNTRY
from helpers.eidtown import DAY
from helpers.eidtown import keep
from helpers.eidtown import NOW
from helpers.eidtown import refused
from helpers.eidtown import STRANGERS
from helpers.eidtown import VICTIM
from helpers.eidtown import who
from plonegov.certification.adapters import eidlists
from plonegov.core.municipality.example import TOWN
from urllib.parse import quote

import pytest
import time
import time_machine


def test_a_card_signs_in_to_the_end(holder, nginx):
    citizen = holder()
    came_from = f"{nginx.url}/offices"
    address = citizen.begin(came_from)
    assert address.startswith(f"{nginx.card_url}/eid-card?code=")
    address = citizen.show(address)
    assert address.startswith(f"{nginx.url}/identity-return?code=")
    page = citizen.look(address)
    assert "Élodie Marie Lefèvre" in page.text
    assert ELODIE.number not in page.text
    assert who(citizen) is None
    assert citizen.confirm(page).url == came_from
    found = who(citizen)
    assert (found["level"], found["way"]) == ("high", "eid")
    assert found["national_number"] == ELODIE.number
    assert found["birth_date"] == "1985-07-30"
    assert found["user"].startswith("person-")


def test_the_same_person_comes_back_as_the_same(holder):
    ids = set()
    for card in (CARD, CARD, CITIZENS.card(), COUNTRY.others.card()):
        citizen = holder(card)
        citizen.sign_in()
        ids.add(who(citizen)["user"])
    assert len(ids) == 1
    other = holder(VICTIM)
    other.sign_in()
    assert who(other)["user"] not in ids


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (None, "No identity card was read."),
        (CITIZENS.signature(), "for signing papers"),
        (CITIZENS.card(policy="2.16.56.12.1.1.2.1"), "not that of an identity card"),
        (STRANGERS.citizens.card(), "does not know who issued"),
        (CITIZENS.card(begins=NOW - 2 * DAY, ends=NOW - DAY), "has expired"),
        (CITIZENS.card(begins=NOW + DAY), "does not count yet"),
        (CITIZENS.card(Person("A", "B", "85073003329")), "can be read"),
    ],
    ids=["none", "signature", "policy", "foreign", "expired", "early", "number"],
)
def test_a_card_that_proves_nothing_is_refused(holder, nginx, card, words):
    citizen = holder(card)
    came_from = f"{nginx.url}/offices?b=1"
    address = citizen.show(citizen.begin(came_from))
    refused(citizen, address, words)
    page = citizen.look(address).text
    assert f"way=eid&amp;came_from={quote(came_from, '')}" in page
    assert f'href="{came_from}"' in page
    citizen.card = CARD
    assert citizen.sign_in(came_from).url == came_from


def test_a_revoked_card_is_refused(holder):
    keep(CITIZENS, CITIZENS.crl(CARD))
    citizen = holder()
    refused(citizen, citizen.show(citizen.begin()), "revoked or suspended")


@pytest.mark.parametrize("state", ["missing", "stale", "forged"])
def test_a_card_that_cannot_be_checked_is_asked_to_come_back(holder, state):
    if state == "missing":
        eidlists.path_of(TOWN, CITIZENS.certificate).unlink()
    elif state == "stale":
        keep(CITIZENS, CITIZENS.crl(since=NOW - 2 * DAY))
    else:
        keep(CITIZENS, CITIZENS.crl(key=STRANGERS.citizens.key))
    citizen = holder()
    address = citizen.show(citizen.begin())
    for _turn in range(5):  # nginx takes it for no process that is down
        refused(citizen, address, "can't be checked at this moment", 502)


# --- codes ----------------------------------------------------------------------------


def test_a_code_is_good_once(holder):
    citizen = holder()
    shown = citizen.begin()
    proved = citizen.show(shown)
    refused(citizen, citizen.show(shown), "was used already", 410)
    page = citizen.look(proved)
    assert page.status_code == 200
    assert citizen.look(proved).status_code == 410
    assert citizen.confirm(page).status_code == 200
    assert who(citizen) is not None
    other = holder()
    assert other.confirm(page).status_code in (403, 410)
    assert who(other) is None


def test_a_code_is_good_in_the_browser_that_began(holder):
    attacker, victim = holder(VICTIM), holder()
    # The attacker lets the victim show a card, or shows the own one for the victim.
    for began, shows, returns in (
        (attacker, victim, attacker),
        (attacker, attacker, victim),
    ):
        proved = shows.show(began.begin())
        if returns is began and shows is not began:
            continue  # the victim alone knows the address that comes now
        answer = returns.look(proved)
        assert answer.status_code == 410
        assert who(returns) is None
    proved = victim.show(attacker.begin())
    assert victim.look(proved).status_code == 410
    assert who(victim) is None


def test_a_proof_is_good_for_a_minute(holder):
    citizen = holder()
    proved = citizen.show(citizen.begin())
    with time_machine.travel(time.time() + 61, tick=True):
        assert citizen.look(proved).status_code == 410
    proved = citizen.show(citizen.begin())
    with time_machine.travel(time.time() + 50, tick=True):
        assert citizen.look(proved).status_code == 200


@pytest.mark.parametrize("code", ["", "x", "../../x", "é" * 300, "%00", "a&code=b"])
def test_a_code_that_nobody_gave_leads_nowhere(holder, nginx, code):
    citizen = holder()
    address = citizen.show(f"{nginx.card_url}/eid-card?code={code}")
    refused(citizen, address, "was not finished in time", 410)
