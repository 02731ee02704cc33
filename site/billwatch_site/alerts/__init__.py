"""Who follows what, and what reaches them: alerts by mail and in channels. `alert.py` is the flow."""
