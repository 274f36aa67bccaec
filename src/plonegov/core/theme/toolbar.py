"""Plone's editing toolbar, marked up so that assistive technology understands it."""

from plone.app.layout.viewlets.toolbar import ToolbarViewletManager
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Toolbar(ToolbarViewletManager):
    """The same tools in a ``nav`` landmark with a name."""

    custom_template = ViewPageTemplateFile("templates/toolbar.pt")
