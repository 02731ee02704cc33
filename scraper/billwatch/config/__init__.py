"""What can be configured: the tables of `billwatch.toml`, and the clock."""

from billwatch.config.settings import Config, checked, now
from billwatch.config.tables import (
    Address,
    Archive,
    Contact,
    Correction,
    Follow,
    LegislatureSettings,
    Mail,
    NamedBill,
    Site,
)

__all__ = [
    "Address",
    "Archive",
    "Config",
    "Contact",
    "Correction",
    "Follow",
    "LegislatureSettings",
    "Mail",
    "NamedBill",
    "Site",
    "checked",
    "now",
]
