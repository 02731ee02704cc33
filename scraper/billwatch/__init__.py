"""The half that comes in: asks the legislatures, keeps every answer, finds every change."""

__version__ = "0.1.0"
