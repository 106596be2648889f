"""One month of the world, in order. This page is the model; each line is a file of its own.

 1. shocks          incidents, retaliation, spoilers, market shocks: what nobody at the table decides
    turnover        elections and palace coups change who sits there
 2. pressure        measures in force bite, are evaded, spill over; relief is felt later than it is given
 3. economy         output, hardship and elite pain follow the pressure that is felt
 4. domestic        support and hardliners: what each government is allowed at home
    legitimacy      suspicion, legitimacy and language: how each public judges the process
 5. channels        mediators open lines; meetings teach
    secrecy         lines leak, or are told of
 6. trust           old evidence fades; word travels along the ties
 7. episode         threats are carried out or dropped; a target may give way, a sender give up
    bargaining      the next stage of the strategy is on the table; both must say yes
    confidence      small measures that were agreed are carried out
 8. compliance      the target does, feigns, stalls or defies; the senders deliver or withhold; neither sees
 9. verification    monitors report, with misses and false alarms
10. stages          what is proven gives way to the next stage, or concludes the agreement
    reversal        what failed, lapsed or was abandoned is stepped back or snapped back
    relief          what is due on the observed record is given, or held back
    easing          relief that belongs to no stage: lent for a pause, or due to civilians
11. coalition       senders hold or tire, bodies find a common line
    region          neighbours follow, sponsors carry and are resented
12. civil society   watchdogs, communities, business, media and movements are heard
13. contingency     pauses end, the strategy's own rules fire
    review          steps are adapted, sunsets fall, lessons are kept
14. ledger          the month is added up
"""

from __future__ import annotations

from typing import Any

from model.compiled import phase
from model.mechanisms.bargaining import bargain
from model.mechanisms.channels import confide
from model.mechanisms.civil import speak_up
from model.mechanisms.coalition import rally
from model.mechanisms.compliance import honour
from model.mechanisms.confidence import build_confidence
from model.mechanisms.contingency import provide
from model.mechanisms.domestic import judge_at_home
from model.mechanisms.easing import ease
from model.mechanisms.economy import live
from model.mechanisms.episode import weigh_episodes
from model.mechanisms.legitimacy import judge_process
from model.mechanisms.pressure import press
from model.mechanisms.record import record
from model.mechanisms.region import gather
from model.mechanisms.relief import relieve
from model.mechanisms.reversal import reverse
from model.mechanisms.review import take_stock
from model.mechanisms.secrecy import keep_secret
from model.mechanisms.shocks import keep_dates, strike_shocks
from model.mechanisms.stages import proceed
from model.mechanisms.trust import reconsider_trust
from model.mechanisms.turnover import draw_character, replace_leaders
from model.mechanisms.verification import verify


@phase()
def begin(world: Any, given: Any) -> None:
    """Draw what is hidden before the first month: the characters and the red lines of all parties."""
    for party in range(len(world.parties)):
        draw_character(world, given, party, -1)


@phase()
def advance(world: Any, given: Any, month: int) -> None:
    """Take the world through one month."""
    keep_dates(world, given, month)
    replace_leaders(world, given, month)
    strike_shocks(world, given, month)
    press(world, given, month)
    live(world, given, month)
    judge_at_home(world, given, month)
    judge_process(world, given, month)
    confide(world, given, month)
    keep_secret(world, given, month)
    reconsider_trust(world, given, month)
    weigh_episodes(world, given, month)
    bargain(world, given, month)
    build_confidence(world, given, month)
    honour(world, given, month)
    verify(world, given, month)
    proceed(world, given, month)
    reverse(world, given, month)
    relieve(world, given, month)
    ease(world, given, month)
    rally(world, given, month)
    gather(world, given, month)
    speak_up(world, given, month)
    provide(world, given, month)
    take_stock(world, given, month)
    record(world, given, month)
