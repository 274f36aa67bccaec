"""The facts of a town that does not exist, for tests."""

from typing import Any


TOWN = "exempleville"

#: As ``municipality.toml`` would say them.
FACTS: dict[str, Any] = {
    "id": TOWN,
    "name": {
        "fr": "Exempleville",
        "nl": "Voorbeeldstad",
        "en": "Exampleton",
        "es": "Villa Ejemplo",
    },
    "country": "BE",
    "region": "wallonia",
    "official_code": "99999",
    "postal_codes": ["9999"],
    "localities": ["Exempleville"],
    "timezone": "Europe/Brussels",
    "currency": "EUR",
    "interface_languages": ["fr", "nl", "en", "es"],
    "content_languages": ["fr"],
    "legal_language": "fr",
    "data_protection_contact": "dpo@exempleville.example",
    "enterprise_number": "0123.456.749",
    "address": {
        "street": "Place de l'Exemple",
        "number": "1",
        "postal_code": "9999",
        "locality": "Exempleville",
        "country": "BE",
    },
    "contact": {
        "email": "commune@exempleville.example",
        "phone": "+32 2 555 00 00",
        "website": "https://exempleville.example",
        "opening_hours": "Mo-Fr 09:00-12:00,13:30-16:30",
    },
    "theme": {"brand": "#1f5f3f", "accent": "#b3541e", "emblem": "emblem.svg"},
    "services": [
        {
            "id": "population",
            "title": {
                "fr": "Service population",
                "nl": "Dienst bevolking",
                "en": "Population office",
                "es": "Servicio de población",
            },
            "contact": {
                "email": "population@exempleville.example",
                "phone": "+32 2 555 00 01",
                "opening_hours": "Mo-Fr 09:00-12:00",
            },
        },
        {
            "id": "works",
            "title": {
                "fr": "Service travaux",
                "nl": "Dienst werken",
                "en": "Public works",
                "es": "Servicio de obras",
            },
        },
    ],
    "documents": [
        {"id": "residence", "service": "population"},
        {"id": "household", "service": "population"},
        {"id": "birth-act", "service": "population"},
    ],
    "bodies": [
        {
            "id": "council",
            "title": {
                "fr": "Conseil communal",
                "nl": "Gemeenteraad",
                "en": "Municipal council",
                "es": "Consejo municipal",
            },
            "kind": "council",
            "rules": "be-wal-council",
            "preset": "reviewed",
            "publicity": "public",
            "finance_service": "population",
        },
        {
            "id": "college",
            "title": {
                "fr": "Collège communal",
                "nl": "Gemeentecollege",
                "en": "Municipal executive",
                "es": "Colegio municipal",
            },
            "kind": "college",
            "rules": "be-wal-college",
            "preset": "two_levels",
            "levels": [
                {
                    "title": {
                        "fr": "Chef de service",
                        "nl": "Diensthoofd",
                        "en": "Head of service",
                        "es": "Jefe de servicio",
                    }
                },
                {
                    "title": {
                        "fr": "Direction",
                        "nl": "Directie",
                        "en": "Management",
                        "es": "Dirección",
                    },
                    "service": "population",
                },
            ],
        },
    ],
}
