"""The documents of a sitting: what they say, to whom, and as accessible PDF."""

from dataclasses import replace
from datetime import date
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from io import BytesIO
from itertools import pairwise
from plonegov.core.api import municipality
from plonegov.core.errors import RecordNotFound
from plonegov.core.languages import LANGUAGES
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import convening
from plonegov.deliberations.api import documents
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import signing
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.refusals import SignatoryMissing
from pypdf import PdfReader

import pdfstructure
import pytest
import re


SECRET = "Canari confidentiel"
TEXT = (
    "<h1>Contexte</h1><p>La chaussée est dégradée.</p><h4>Devis</h4>"
    "<table><tr><th>Poste</th><th>Montant</th></tr><tr><td>Pavés</td><td>10</td></tr></table>"
    '<p><a href="resolveuid/abc">plan</a> <img src="http://elsewhere/x.png" alt="Le plan"></p>'
)
DRAFTS = "PROJETS de délibération, non adoptés"


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    councils.function("mayor", "Aubry")
    councils.function("director", "Zeller")
    return councils.seat()


@pytest.fixture
def convened(portal, members):
    """A convened meeting with an open and a closed item, and a confidential annex."""
    meeting = councils.plan(portal, place="Salle du conseil")
    road = councils.validated(portal, title="Voirie", motivation=TEXT)
    person = councils.validated(
        portal, title="Nomination", privacy="closed", matter="appointment"
    )
    with acting(portal, "secretary"):
        annex = parts.add_annex(road, "plan.pdf", b"%PDF-1.4", "Plan")
        secret = parts.add_annex(road, "secret.pdf", b"%PDF-1.4", SECRET)
        parts.set_annex(secret, confidential=True, publishable=False)
        agenda.present(road, meeting)
        agenda.present(person, meeting)
        agenda.add_heading(meeting, "Travaux", 0)
        meetings.change(meeting, "convene")
    assert annex.title == "Plan"
    return meeting


@pytest.fixture
def held(portal, convened, members):
    """The same meeting after its sitting."""
    road, person = agenda.items_of(convened)
    with acting(portal, "secretary"):
        convened.president, convened.keeper = (
            members[0],
            councils.function("director", "Yserbyt"),
        )
        meetings.change(convened, "freeze")
        convened.starts -= timedelta(days=30)
        meetings.change(convened, "open")
        for member in members[:5]:
            attendance.arrive(convened, member)
        attendance.excuse(convened, members[6])
        attendance.recuse(convened, road, members[1], "personal")
        votes.hold(road, {"mode": "named", "exceptions": {members[2]: "against"}})
        items.change(road, "accept")
        attendance.close_session(convened)
        attendance.leave(convened, members[4])
        votes.hold(person, {"mode": "secret", "counts": {"in_favour": 4}})
        items.change(person, "accept")
        minuting.renew(convened)
        meetings.change(convened, "decide")
    return convened


def read(data):
    return PdfReader(BytesIO(data))


def text(data):
    return pdfstructure.text(read(data))


def headings(data):
    tags = [element["/S"] for element in pdfstructure.elements(read(data))]
    return [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]


def check_accessible(data, title):
    reader = read(data)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == title
    assert reader.metadata.author == "Exempleville"
    levels = headings(data)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for header in pdfstructure.elements(reader, "/TH"):
        assert header["/A"]["/Scope"] in ("/Row", "/Column")


def as_(portal, person, make, *arguments):
    with acting(portal, person):
        return make(*arguments)


def test_a_convocation_says_when_where_and_what(portal, convened):
    """CDLD, article L1122-13."""
    data = as_(portal, "secretary", documents.convocation, convened)
    said = text(data)
    for part in (
        "Salle du conseil",
        "Ordre du jour",
        "Séance publique",
        "Travaux",
        "1. Voirie",
        "La chaussée est dégradée.",
        "Pavés",
        "Séance à huis clos",
        "2. Nomination",
        "Projet de délibération",
        "Le Bourgmestre",
        "Aubry",
        "Le Directeur général",
        "Zeller",
        "Plan",
    ):
        assert part in said
    assert SECRET not in said
    places = [said.index(part) for part in ("Exempleville", "Ordre du jour", "Zeller")]
    assert places == sorted(places)
    check_accessible(data, "Convocation – Conseil communal")


def test_each_page_of_drafts_says_that_they_are_not_adopted(portal, convened):
    reader = read(as_(portal, "secretary", documents.convocation, convened))
    assert len(reader.pages) > 1
    for page in reader.pages:
        assert DRAFTS in page.extract_text()


def test_a_convocation_that_was_not_sent_says_so(portal, members):
    meeting = councils.plan(portal)
    for make in (documents.convocation, documents.agenda):
        said = text(as_(portal, "secretary", make, meeting))
        assert "PROJET de convocation, non envoyé" in said
        assert "Aucun point n’est inscrit." in said


def test_an_agenda_lists_numbers_and_titles_only(portal, convened):
    data = as_(portal, "councillor", documents.agenda, convened)
    said = text(data)
    assert "Voirie" in said and "Nomination" in said
    assert "dégradée" not in said
    check_accessible(data, "Ordre du jour – Conseil communal")


def test_a_member_reads_all_another_service_its_own_items_only(portal, convened):
    member = text(as_(portal, "councillor", documents.convocation, convened))
    assert "dégradée" in member and "Nomination" in member
    other = text(as_(portal, "adviser", documents.convocation, convened))
    for word in ("Voirie", "dégradée", "Nomination", "Plan"):
        assert word not in other
    assert "1. Point réservé aux membres" in other


@pytest.mark.parametrize(
    ("call", "said", "recited"),
    [(2, "Deuxième convocation", False), (3, "Troisième et dernière", True)],
)
def test_a_further_call_is_named_and_the_last_one_quotes_the_law(
    portal, members, call, said, recited
):
    """CDLD, articles L1122-13 and L1122-17."""
    first = councils.plan(portal)
    councils.sit(portal, first, [])
    meeting = councils.plan(portal, call=call, call_of=first.getId())
    found = text(as_(portal, "secretary", documents.convocation, meeting))
    assert said in found
    assert "n’était pas atteint" in found
    assert ("Le conseil ne peut prendre de résolution" in found) is recited


def test_urgency_and_a_remote_sitting_are_told_with_their_reasons(portal, members):
    meeting = councils.plan(
        portal,
        urgency="Inondation",
        remote_tool="Visio",
        remote_reason="Routes coupées",
    )
    found = text(as_(portal, "secretary", documents.convocation, meeting))
    for part in ("Inondation", "Visio", "Routes coupées"):
        assert part in found


def test_nobody_in_office_leaves_a_line_that_says_so(portal):
    councils.add_staff(portal)
    councils.function("mayor", "Ancien", last_day=date(2025, 1, 1))
    found = text(as_(portal, "secretary", documents.convocation, councils.plan(portal)))
    assert "Ancien" not in found
    assert found.count("Signature manquante") == 2
    assert "Sceau" not in found


def test_an_attendance_list_follows_the_log(portal, held):
    data = as_(portal, "secretary", documents.attendance, held)
    said = text(data)
    assert re.search(r"Aubry présent arrivée à \d\d:\d\d", said)
    assert re.search(
        r"Evrard présent arrivée à \S+ départ à|Evrard présent arrivée", said
    )
    assert "départ à" in said
    assert "Gilles excusé" in said
    assert "Fontaine absent" in said
    assert "1 Bastin intérêt personnel" in said
    assert "Huis clos prononcé à" in said
    assert "Yserbyt" in said
    check_accessible(data, "Liste de présence – Conseil communal")


def test_minutes_are_a_draft_until_they_are_adopted(portal, held):
    later = councils.plan(portal)
    data = as_(portal, "secretary", documents.minutes, held)
    assert all("non approuvé" in page.extract_text() for page in read(data).pages)
    check_accessible(data, "Procès-verbal – Conseil communal")
    said = text(data)
    assert "1. Voirie" in said and "Votent contre : Collard." in said
    with acting(portal, "secretary"):
        minuting.submit(held)
        minuting.approve(held, later.getId())
        adopted = text(documents.minutes(held))
        assert "non approuvé" not in adopted
        assert "Approuvé à la séance du" in adopted
        mayor = next(
            f for f in councils.bodies.functions(date.today()) if f.office == "mayor"
        )
        minuting.sign(held, date(2026, 12, 3), {"mayor": mayor.UID()})
        signed = text(documents.minutes(held))
    assert "Signé le jeudi 3 décembre 2026" in signed
    assert "Directeur général" not in signed.split("Signatures")[1]


def test_minutes_name_reserved_items_to_another_service(portal, held):
    other = text(as_(portal, "adviser", documents.minutes, held))
    assert "Nomination" not in other and "Voirie" not in other
    assert "2. Point réservé" in other


def test_an_extract_says_who_decided_what_under_which_number(portal, held):
    road, person = agenda.items_of(held)
    data = as_(portal, "secretary", extracting.extract, road)
    said = text(data)
    for part in (
        "Extrait du registre aux délibérations",
        "Conseil communal – Séance du",
        f"Délibération n° 1 de l’année {held.starts.year}",
        "Président de séance : Aubry.",
        "Présents : Aubry, Collard, Dumont, Evrard.",
        "en raison d'un intérêt : Bastin.",
        "Vote : 3 pour, 1 contre, 0 abstention(s).",
        "Votent contre : Collard.",
        "La réfection est approuvée.",
        "La proposition est adoptée.",
        "Pour extrait conforme",
        "Le Bourgmestre",
    ):
        assert part in said
    assert "Version" not in said
    assert (
        "Collard"
        not in text(extracting.extract(person)).split("Vote")[1].split("Décision")[0]
    )
    check_accessible(data, "Extrait du registre aux délibérations – Conseil communal")


def test_a_rectified_decision_tells_its_version(portal, held):
    road = agenda.items_of(held)[0]
    with acting(portal, "secretary"):
        road.decision = "<p>Article 1. La réfection est approuvée (rectifié).</p>"
        numbering.rectify(road, "Faute de frappe")
        said = text(extracting.extract(road))
    assert "Version 2, rectifiée le" in said
    assert "Motif : Faute de frappe" in said


def test_what_is_not_registered_has_no_extract(portal, convened):
    with pytest.raises(RecordNotFound):
        extracting.extract(agenda.items_of(convened)[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_convocation_stands_in_every_legal_language(
    portal, convened, language, monkeypatch
):
    town = replace(municipality(), legal_language=language)
    monkeypatch.setattr(papers, "municipality", lambda: town)
    data = as_(portal, "secretary", documents.convocation, convened)
    assert read(data).trailer["/Root"]["/Lang"] == language
    said = text(data)
    words = papers.paper_words(language, town.country)
    assert words["drafts"] in said and words["agenda"] in said


def test_a_proxy_stands_on_the_attendance_list(portal, held, members):
    """CGCT, article L2121-20."""
    held.attendance.add(
        {
            "kind": "proxy",
            "member": members[5],
            "holder": members[0],
            "at": "2026-11-10T17:30:00+01:00",
            "sitting": 1,
            "ill": False,
        }
    )
    data = as_(portal, "secretary", documents.attendance, held)
    assert "Fontaine Aubry Remise à 17:30" in text(data)


def test_minutes_are_signed_by_who_may_on_that_day(portal, held):
    """CDLD, article L1122-16; who kept the minutes signs as secretary of the sitting."""
    made = councils.createContent(
        "plonegov.Function",
        title="Bastin",
        office="mayor",
        capacity="delegate",
        delegation="délégation du 2 mars",
        first_day=date(2024, 1, 1),
        last_day=None,
    )
    made.id = "delegate"
    delegate = councils.addContentToContainer(
        councils.store.deliberations(), made, checkConstraints=False
    )
    today = date.today()
    with pytest.raises(SignatoryMissing):
        signing.signer(held, Document.MINUTES, "mayor", delegate.UID(), today)
    found = signing.signer(held, Document.EXTRACT, "mayor", delegate.UID(), today)
    assert (found.name, found.delegation) == ("Bastin", "délégation du 2 mars")
    keeper = signing.signer(held, Document.MINUTES, "secretary", held.keeper, today)
    assert keeper.name == "Yserbyt"
    assert signing.missing(held, Document.EXTRACT, date(2023, 1, 1)) == (
        "mayor",
        "director",
    )


def test_members_get_the_very_convocation_that_was_sent(portal, convened):
    convening.send(convened, b"%PDF as it was sent")
    for person in ("councillor", "secretary"):
        data = as_(portal, person, documents.convocation, convened)
        assert data == b"%PDF as it was sent"
    assert "Point réservé" in text(
        as_(portal, "adviser", documents.convocation, convened)
    )
    with acting(portal, "secretary"):
        meetings.change(convened, "recall", reason="Erreur")
        assert "non envoyé" in text(documents.convocation(convened))
