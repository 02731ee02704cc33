"""Pictures: the geometry of what the templates draw as SVG."""
