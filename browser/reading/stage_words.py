"""What a stage asks, offers and checks, and what a rule of a strategy waits for, in plain words."""

from __future__ import annotations

from enum import IntEnum

from model import chronicle
from model.strategy import Strategy
from model.strategy_format import Rule, Stage
from model.strategy_words import ALL, Shares
from model.vocabulary import FirstMover, PressurePhase, TechnicalTrack, Track, Verifier, When, word_of

#: Sectors by the words of a file, as they are told.
SECTORS = {word_of(sector): words for sector, words in chronicle.SECTORS_TOLD.items()}


def spelt(member: IntEnum) -> str:
    """Return a word of a strategy file as a sentence has it."""
    return word_of(member).replace("-", " ")


def facts_of(stage: Stage) -> list[tuple[str, str]]:
    """Return what a stage says, each fact with what it is about."""
    facts = [
        ("Asks", asks_in_words(stage)),
        ("Offers", offer_in_words(stage)),
        ("Builds confidence by", chronicle.joined([spelt(each) for each in stage.confidence])),
        ("Checked", checks_in_words(stage)),
        ("Time", f"{months(stage.deadline)} to do it, then at least {months(stage.dwell)} of rest"),
        ("If it fails", failure_in_words(stage)),
        ("Besides", chronicle.joined(terms_of(stage))),
    ]
    return [(about, chronicle.sentence_of(said)) for about, said in facts if said]


def shares_in_words(shares: Shares, everything: str) -> str:
    """Return a table of shares as a phrase, those of ``everything`` first."""
    said = dict(shares)
    phrases = [f"{said[ALL]:.0%} of {everything}"] if ALL in said else []
    named = shares.named.items()
    phrases += [f"{share:.0%} of {SECTORS.get(word, word.replace('-', ' '))}" for word, share in named]
    return chronicle.joined(phrases)


def brief_of(stage: Stage) -> str:
    """Return what a stage asks for what, as short as a card has it: a share, or how many things."""
    asks = _brief(stage.asks, "reach {} of", "meet {} demands")
    gives = _brief(stage.relief, "{} more relief in", "relief in {} sectors")
    if asks and gives:
        return f"{asks} for {gives}"
    return asks or (f"gives {gives}" if gives else "asks and gives nothing")


def _brief(shares: Shares, one: str, many: str) -> str:
    """Return shares as a phrase: ``one``, less its last word for all, or ``many`` with how many."""
    said = dict(shares)
    if ALL in said or not said:
        return one.format(f"{said[ALL]:.0%}").rpartition(" ")[0] if said else ""
    [(word, share), *more] = said.items()
    if more:
        return many.format(len(said))
    return f"{one.format(f'{share:.0%}')} {SECTORS.get(word, word.replace('-', ' '))}"


def asks_in_words(stage: Stage) -> str:
    """Return what a stage asks, as depths to be reached by its end."""
    return shares_in_words(stage.asks, "all that is demanded") or "nothing new"


def offer_in_words(stage: Stage) -> str:
    """Return what a stage offers, and when it is given."""
    offer = shares_in_words(stage.relief, "the measures in every sector")
    return f"{offer} given back{chronicle.RELEASES[stage.release]}" if offer else "no relief"


def checks_in_words(stage: Stage) -> str:
    """Return how conduct is checked."""
    if not stage.asks:
        return ""
    verify = stage.verify
    several = f"{verify.number} verifiers, " if verify.number > 1 else ""
    judge = f"{several}{spelt(verify.by)}"
    tools = chronicle.joined([spelt(tool) for tool in verify.tools])
    means = f", with {tools}" if tools and verify.by != Verifier.SELF_REPORT else ""
    often = "every month" if verify.every == 1 else f"every {verify.every} months"
    return f"{judge}, {often}{means}; a shortfall of {verify.tolerance:.0%} still passes"


def failure_in_words(stage: Stage) -> str:
    """Return what follows where a stage fails."""
    then = stage.on_failure
    if not stage.relief:
        return ""
    return f"{spelt(then.response)} response, {spelt(then.reach)}, within {months(then.speed)}"


def terms_of(stage: Stage) -> list[str]:
    """Return the special terms of a stage."""
    terms = {
        "each restraint is paired with a visible benefit": stage.paired,
        "relief is held in escrow until the end": stage.escrow,
        "a pilot in a limited domain": stage.pilot,
        f"relief lapses after {months(stage.expires)} unless it is earned again": stage.expires > 0,
        f"repeated until trust exceeds {stage.until_trust:g}": stage.until_trust > 0,
        f"relief by {chronicle.display_name(stage.only_sender or '')} alone": stage.only_sender,
    }
    return [term for term, holds in terms.items() if holds]


def rule_in_words(rule: Rule) -> str:
    """Return a rule before it has fired: what it would do, and when."""
    then = spelt(rule.then)
    if rule.months:
        then += f" for {months(rule.months)}"
    if rule.share:
        then += f" by {rule.share:.0%}"
    when = spelt(rule.when)
    if rule.threshold is not None:
        when += f" {rule.threshold:g}"
    if rule.within is not None:
        when += f" {'of ' if rule.when == When.STALL else ''}{months(rule.within)}"
    return chronicle.sentence_of(f"{then} when {when}")


def fired_in_words(rule: Rule) -> str:
    """Return what a rule did, as the ledger tells it."""
    return chronicle.sentence_of(f"{chronicle.WHENS[rule.when]}, {chronicle.THENS[rule.then]}")


def preconditions_of(strategy: Strategy) -> list[str]:
    """Return what the talks wait for under a strategy, before their first stage."""
    talks = strategy.talks
    in_private = talks.track in (Track.PRIVATE, Track.PRIVATE_THEN_PUBLIC)
    waits = {
        pressure_in_words(strategy): strategy.pressure.months > 0,
        "calm": strategy.hostilities.ceasefire_first,
        "what specialists settle": talks.technical_track == TechnicalTrack.FIRST,
        "an open back channel": in_private
        or (talks.track == Track.DUAL and talks.first_mover == FirstMover.MEDIATOR),
        "elections, which are kept clear of": word_of(talks.electoral_timing) in ("after", "avoid"),
    }
    return [wait for wait, holds in waits.items() if holds]


def pressure_in_words(strategy: Strategy) -> str:
    """Return the phase of pressure that comes before any relief."""
    pressure = strategy.pressure
    kind = "" if pressure.phase == PressurePhase.NONE else f" ({spelt(pressure.phase)})"
    return f"{months(pressure.months)} of pressure{kind}"


def months(number: int) -> str:
    """Return a number of months."""
    return "a month" if number == 1 else f"{number} months"
