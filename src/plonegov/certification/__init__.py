from zope.i18nmessageid import MessageFactory

import logging


PACKAGE_NAME = "plonegov.certification"

_ = MessageFactory(PACKAGE_NAME)

logger = logging.getLogger(PACKAGE_NAME)
