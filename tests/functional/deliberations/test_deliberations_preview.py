"""The preview of what the public would read, as the secretary opens it."""

from helpers import published
from helpers.councils import acting
from helpers.inprocess import InProcess
from helpers.published import PUBLIC
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import publishing


def test_the_secretary_previews_what_the_public_would_read(portal, staff):
    item, meeting = published.an_item(portal), published.convened(portal)
    with acting(portal, "secretary"):
        agenda.present(item, meeting)
        publishing.prepare(item, f"{PUBLIC} projet", published.TEXT)
    client = InProcess(portal)
    path = f"deliberations/{item.getId()}/item-preview"
    shown = client.get("secretary", path)
    assert shown.status == 200
    assert f"{PUBLIC} projet".encode() in shown.content
    assert b"publishes nothing" in shown.content or b"ne publie rien" in shown.content
    assert shown.headers["Cache-Control"] == "no-store"
    for person in ("anonymous", "drafter", "councillor"):
        assert client.get(person, path).refused, person
    assert publishing.publication_of(item) is None
