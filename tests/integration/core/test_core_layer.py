"""The fixtures of this folder give a site with a town's facts."""

from plonegov.core.api import municipality


def test_the_site_is_the_fictitious_town(portal):
    town = municipality()
    assert town.id == "exempleville"
    assert portal.absolute_url() == "http://nohost/plone"
