"""``historyview``: Plone's list of changes in a page whose headings are in order."""

from plone.app.layout.viewlets.content import HistoryByLineView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class History(HistoryByLineView):
    index = ViewPageTemplateFile("templates/history.pt")
