"""What is said of the health of signing in with a proof, and what to do."""

from plonegov.certification import _


#: The first word of a finding's name -> what it is about.
TITLES = {
    "cards": _("health_cards", default="Identity cards"),
    "authority": _("health_card_authority", default="Authority of identity cards"),
    "provider": _("health_provider", default="Identity provider"),
    "answer": _("health_provider_answer", default="Identity provider, asked now"),
    "proxy": _("health_proxy", default="Forged headers"),
    "clock": _("health_clock", default="Clock"),
}

NO_CARDS = _("health_no_cards", default="The town does not ask for them.")
CARDS = _("health_cards_asked", default="Asked for at ${url}.")
CARDS_REMEDY = _(
    "remedy_cards",
    default="Correct the file in the folder of the town's keys; until then nobody signs "
    "in with a card.",
)
AUTHORITY = _(
    "health_card_authority_valid",
    default="${name}, valid until ${day}; its list of revoked certificates is ${hours} "
    "hours old.",
)
AUTHORITY_REMEDY = _(
    "remedy_card_authority",
    default="Put its successor beside it, into the folder eid of the town's keys.",
)
#: How a list stands -> what is said of it.
LISTS = {
    "stale": _("health_list_stale", default="The list of ${name} is out of date."),
    "foreign": _(
        "health_list_foreign", default="The kept list was not signed by ${name}."
    ),
    "missing": _("health_list_missing", default="There is no list of ${name} yet."),
}
LIST_REMEDY = _(
    "remedy_list",
    default="Its cards are refused until plonegov jobs run has fetched a list: let the "
    "machine reach the address of the list.",
)
NO_PROVIDER = _("health_no_provider", default="The town has none.")
PROVIDER = _("health_provider_set", default="${issuer} is set up.")
PROVIDER_REMEDY = _(
    "remedy_provider", default="Correct openid.toml in the folder of the town's keys."
)
SILENT = _("health_provider_silent", default="${issuer} gave no answer of use: ${why}.")
SILENT_REMEDY = _(
    "remedy_provider_silent",
    default="Ask the provider; people can go on without it meanwhile.",
)
ANSWERS = _("health_provider_answers", default="${issuer} answers.")
STRIPPED = _("health_stripped", default="Taken away before they reach ${url}.")
ARRIVED = _("health_arrived", default="These reach ${url}: ${headers}.")
ARRIVED_REMEDY = _(
    "remedy_arrived",
    default="Anybody could say that he has a card: let nginx set or empty these headers, "
    "as in docs/operations/nginx.conf and nginx-eid.conf.",
)
UNTRIED = _("health_untried", default="${url} could not be tried: ${why}.")
UNTRIED_REMEDY = _(
    "remedy_untried",
    default="Check site_url and eid.toml, the certificate and the name of the host, and "
    "that this machine can reach it.",
)
CLOCK = _("health_clock_off", default="${seconds} seconds off that of ${url}.")
CLOCK_REMEDY = _(
    "remedy_clock",
    default="Let the machine take its time from a time server (NTP): seals and sign-ins "
    "go by it.",
)
