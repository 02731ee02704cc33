"""What can be configured: the tables of `billwatch.toml`, and the clock."""

from billwatch.config.settings import Config, checked, now
from billwatch.config.shapes import Address
from billwatch.config.tables import (
    Archive,
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
    "Correction",
    "Follow",
    "LegislatureSettings",
    "Mail",
    "NamedBill",
    "Site",
    "checked",
    "now",
]
