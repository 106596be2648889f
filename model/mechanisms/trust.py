"""Trust: what was seen, and what is said by those one trusts.

What an actor saw for itself entered its belief when it happened (experience.py). Here old evidence
fades, so that recent conduct weighs more, and word travels: a belief moves towards the beliefs of those
one trusts, in proportion to that trust (DeGroot 1974; M05, M21),

    belief_ij' = belief_ij + rho x sum_m belief_im (belief_mj - belief_ij) / sum_m belief_im.

A mediator trusted by both sides can so carry trust across a rift, and loses its standing when its word
fails.
"""

from __future__ import annotations

from typing import Any

from model.bounded import drawn_to
from model.compiled import phase, rule


@rule("M05")
def evidence_after(evidence: float, floor: float, fading: float) -> float:
    """Return the weight of experience after a month; it fades towards ``floor`` promises' worth."""
    return drawn_to(evidence, floor, fading) if evidence > floor else evidence


@phase("M21")
def spread_word(world: Any, given: Any) -> None:
    """Let word of the principals and mediators travel along the trust layer; listeners in turn."""
    word = given.network.word
    rho = given.on.m21 * given.parameters.word_of_mouth
    place = 0
    while place < len(word):
        tie = word[place].tie
        said = 0.0
        weight = 0.0
        belief = world.trust[tie].belief
        while place < len(word) and word[place].tie == tie:
            through = world.trust[word[place].through].belief
            said += through * (world.trust[word[place].source].belief - belief)
            weight += through
            place += 1
        if weight > 0.0:
            world.trust[tie].belief = belief + rho * said / weight


@phase("M05")
def judge_mediators(world: Any, given: Any) -> None:
    """Move each mediator's credibility towards what the two sides it serves believe of it."""
    rate = given.on.m05 * given.parameters.reputation_rate
    for channel in range(len(world.channels)):
        line = world.channels[channel]
        if line.open == 1 and line.tie_target >= 0 and line.tie_lead >= 0:
            mediator = world.mediators[line.mediator]
            belief = 0.5 * (world.trust[line.tie_target].belief + world.trust[line.tie_lead].belief)
            mediator.credibility = drawn_to(mediator.credibility, belief, rate)


@phase("M05", "M21")
def reconsider_trust(world: Any, given: Any, month: int) -> None:
    """Let old evidence fade and word travel."""
    numbers = given.parameters
    for tie in range(len(world.trust)):
        row = world.trust[tie]
        row.evidence = evidence_after(row.evidence, numbers.evidence_floor, numbers.fading)
    spread_word(world, given)
    judge_mediators(world, given)
