"""``register``: Plone's form in a page whose ids stand only once."""

from plone.app.users.browser.register import RegistrationForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Registration(RegistrationForm):
    template = ViewPageTemplateFile("templates/register.pt")
