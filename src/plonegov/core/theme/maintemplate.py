"""``main_template``: the page that every view of Plone and of the suite fills.

It has the macros and slots of Plone's, without Diazo. While a site has no
municipality yet, Plone's own page is shown.
"""

from plonegov.core.errors import NoMunicipality
from plonegov.core.municipality.facts import current
from Products.CMFPlone.browser.main_template import MainTemplate
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class MunicipalTemplate(MainTemplate):
    municipal_template = ViewPageTemplateFile("templates/main_template.pt")

    @property
    def template(self):
        if self.use_ajax:
            return self.ajax_template
        try:
            current()
        except NoMunicipality:
            return self.main_template
        return self.municipal_template
