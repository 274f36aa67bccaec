"""What is said of the health of a town's seal, and what to do."""

from plonegov.certification import _


TITLES = {
    "key": _("health_key", default="Seal key"),
    "chain": _("health_chain", default="Seal certificates"),
    "settings": _("health_settings", default="Seal settings"),
    "waiting": _("health_waiting", default="Time stamps"),
    "authority": _("health_authority", default="Time-stamping authority"),
}

KEY_UNUSED = _(
    "health_key_unused", default="It is made when the first document is sealed."
)
NO_KEY = _("health_no_key", default="The town has none, and seals nothing.")
KEY_VALID = _("health_key_valid", default="${name}, valid until ${day}.")
KEY_UNUSABLE = _("health_key_unusable", default="The town can't seal.")

#: Reason of ``SealKeyUnusable`` (``expired`` also for what ends soon) -> what to do.
REMEDIES = {
    "missing": _(
        "remedy_key_missing",
        default="Put the key and its password into the folder of the town's keys, as "
        "seal.p12 and seal.password.",
    ),
    "exposed": _(
        "remedy_key_exposed",
        default="Others may read the key: set mode 0600 on its files.",
    ),
    "password": _(
        "remedy_key_password",
        default="Write the key's password into seal.password, in one line.",
    ),
    "damaged": _(
        "remedy_key_damaged",
        default="The file of the key or of a certificate is damaged: take it from the "
        "backup of the keys.",
    ),
    "early": _(
        "remedy_key_early",
        default="The certificate is not valid yet: check the clock of the machine.",
    ),
    "expired": _(
        "remedy_key_expired",
        default="Ask for a new certificate, keep the ones above the old one in "
        "seal-roots, and replace the key.",
    ),
    "settings": _(
        "remedy_key_settings",
        default="Name the token in the table [pkcs11] of seal.toml.",
    ),
    "module": _(
        "remedy_key_module",
        default="The module of the token can't be loaded: correct pkcs11.module in "
        "seal.toml.",
    ),
    "token": _(
        "remedy_key_token",
        default="The token is not there or does not answer: plug it in, correct "
        "pkcs11.token in seal.toml, and start the server again.",
    ),
    "pin": _(
        "remedy_key_pin",
        default="The token refuses the PIN: write the right one into its file. Some "
        "tokens lock themselves after three wrong ones.",
    ),
    "key": _(
        "remedy_key_key",
        default="The token holds no key, or no certificate, with the label pkcs11.key "
        "of seal.toml.",
    ),
}

CHAIN = _("health_chain_whole", default="Whole: ${number} certificates.")
CHAIN_BROKEN = _(
    "health_chain_broken", default="The certificate of ${name} is missing."
)
CHAIN_REMEDY = _(
    "remedy_chain",
    default="Get it from who issued the seal, and put it into seal-roots as a .der file.",
)

NO_AUTHORITY = _(
    "health_no_authority",
    default="No time-stamping authority is named: seals get no time stamps.",
)
AUTHORITY = _("health_authority_named", default="Time stamps come from ${url}.")
SETTINGS_REMEDY = _(
    "remedy_settings",
    default="Correct it in the folder of the town's keys; what is sealed meanwhile waits "
    "for its time stamp.",
)

NOTHING_WAITS = _("health_nothing_waits", default="No sealed document waits for one.")
WAIT = _(
    "health_wait", default="${number} sealed documents wait, the first since ${since}."
)
WAIT_REMEDY = _(
    "remedy_wait",
    default="See what is said of the authority here, and in the log of the job "
    "plonegov.certification.add_proofs. Nothing is lost: the job tries again.",
)

ANSWERS = _("health_answers", default="${url} answers.")
SILENT = _("health_silent", default="${url} gives no answer (${reason}).")
SILENT_REMEDY = _(
    "remedy_silent",
    default="Check the address, the account and the firewall; ask the authority if it "
    "is down.",
)
UNTRUSTED = _(
    "health_untrusted", default="What ${url} answers can't be used (${reason})."
)
UNTRUSTED_REMEDY = _(
    "remedy_untrusted",
    default="Put the certificates above the authority's own into tsa-roots, if it is "
    "the right one.",
)
