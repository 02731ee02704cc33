"""The half that goes out: reads the store, writes a static site and feeds."""

from billwatch_site.build import build
from billwatch_site.building.folder import settle
from billwatch_site.building.report import BuildReport
from billwatch_site.serving import serve
from billwatch_site.settings import OwnCorrection, Settings, Stance

__all__ = ["BuildReport", "OwnCorrection", "Settings", "Stance", "build", "serve", "settle"]
