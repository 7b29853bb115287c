"""How much is measured: `BENCH=quick` only shows that every part runs, `BENCH=all` takes half an hour."""

import os

CHOSEN = os.environ.get("BENCH") or "usual"


def sized(*, quick, usual, everything=None):
    """What this run takes; `everything` is as usual unless said."""
    return {"quick": quick, "usual": usual, "all": usual if everything is None else everything}[CHOSEN]
