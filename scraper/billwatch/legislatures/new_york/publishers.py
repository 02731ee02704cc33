"""New York's sources, and the order in which they lead.

With a key Open Legislation leads; without one the Assembly's index finds the bills and LBDC leads. Sources named in the
configuration are asked in its order (see watching.py for what each is asked).
"""

from __future__ import annotations

from billwatch.legislatures.new_york.assembly import Assembly
from billwatch.legislatures.new_york.lbdc import Lbdc
from billwatch.legislatures.new_york.open_legislation import OpenLegislation
from billwatch.legislatures.new_york.senate import SenateSite
from billwatch.legislatures.new_york.settings import Settings
from billwatch.legislatures.new_york.watch_index import AssemblyIndex
from billwatch.source import Publisher


def publishers(settings: Settings) -> list[Publisher]:
    """The sources to ask, the leading one first."""
    every: list[Publisher] = [
        OpenLegislation(settings.open_legislation_url, settings.open_legislation_key),
        AssemblyIndex(settings.assembly_url),
        Lbdc(settings.lbdc_url),
        Assembly(settings.assembly_url),
        SenateSite(settings.senate_url),
    ]
    if settings.sources:
        named = {source.name: source for source in every}
        return [named[name] for name in settings.sources]
    keyless = "open-legislation" if not settings.open_legislation_key else "assembly-index"
    return [source for source in every if source.name != keyless]
