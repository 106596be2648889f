"""What a run is given and never changes: the network, the strategies, the numbers, the switches, its luck."""

from __future__ import annotations

from typing import Any, NamedTuple


class Given(NamedTuple):
    """All read-only inputs of one run, as the phases see them."""

    network: Any
    plans: Any
    parameters: Any
    on: Any
    luck: Any
