"""One month of the world, in order. This page is the model; each line is a file of its own.

 1. shocks          elections, incidents, attacks by spoilers, market shocks: what nobody at the table decides
 2. pressure        measures in force bite, are evaded, spill over; relief is felt later than it is given
 3. economy         output, hardship and elite pain follow the pressure that is felt
 4. domestic        support, hardliners, suspicion, legitimacy: what each government is allowed at home
 5. channels        mediators open lines; meetings teach; leaks happen
 6. trust           old evidence fades; word travels along the ties
 7. episode         threats are carried out or dropped; a target may give way, a sender give up
    bargaining      the next stage of the strategy is on the table; both must say yes
 8. compliance      the target does, feigns, stalls or defies; the senders deliver or withhold; neither sees
 9. verification    monitors report, with misses and false alarms
10. reversal        what failed, lapsed or was abandoned is stepped back or snapped back
    relief          what is due on the observed record is given, or held back; the next stage begins
11. region          coalitions hold or tire, neighbours follow, sponsors carry and are resented
12. civil society   watchdogs, communities, business, media and movements are heard
13. review          pauses end, rules fire, steps are adapted, sunsets fall
14. ledger          the month is added up
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase
from model.mechanisms.bargaining import bargain
from model.mechanisms.channels import confide
from model.mechanisms.civil import speak_up
from model.mechanisms.compliance import honour
from model.mechanisms.domestic import judge_at_home
from model.mechanisms.economy import live
from model.mechanisms.episode import weigh_episodes
from model.mechanisms.pressure import press
from model.mechanisms.record import record
from model.mechanisms.region import gather
from model.mechanisms.relief import relieve
from model.mechanisms.reversal import reverse
from model.mechanisms.review import take_stock
from model.mechanisms.shocks import draw_character, strike_shocks
from model.mechanisms.trust import reconsider_trust
from model.mechanisms.verification import verify


@phase()
def begin(world: Any, given: Any) -> None:
    """Draw what is hidden before the first month: the characters and the red lines of all parties."""
    for party in range(len(world.parties)):
        draw_character(world, given, party, -1)


@phase()
def advance(world: Any, given: Any, month: int) -> None:
    """Take the world through one month."""
    strike_shocks(world, given, month)
    press(world, given, month)
    live(world, given, month)
    judge_at_home(world, given, month)
    confide(world, given, month)
    reconsider_trust(world, given, month)
    weigh_episodes(world, given, month)
    bargain(world, given, month)
    honour(world, given, month)
    verify(world, given, month)
    reverse(world, given, month)
    relieve(world, given, month)
    gather(world, given, month)
    speak_up(world, given, month)
    take_stock(world, given, month)
    record(world, given, month)
