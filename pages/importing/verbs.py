"""The verbs that introduce somebody's words, and the small words around them."""

import re

_REGULAR = """
acknowledge add admit advise affirm agree announce answer argue ask assert assure attest begin boast believe
caution chuckle chime claim clarify comment concede conclude concur confess confide confirm contend continue
counsel counter cry declare demand describe disagree emphasize emphasise encourage estimate exclaim explain
express finish grin groan hint insist instruct joke laugh lament list maintain mention muse murmur note nod object
observe offer opine point predict promise quip reassure recall recommend recount reflect remark remember remind
repeat reply report respond reveal share shrug sigh smile sound speculate state stress suggest summarize summarise
sum talk teach tease testify urge volunteer vow warn whisper wonder reiterate underscore underline highlight
elaborate interject scoff sniff marvel rejoin retort preach swear vent wager warrant bet
"""
_IRREGULAR = """
say says said tell tells told put puts write writes wrote find finds found go goes went begin begins began
speak speaks spoke think thinks thought swear swears swore teach teaches taught bet bets read reads
quip quips quipped admit admits admitted sum sums summed nod nods nodded grin grins grinned hold holds held
reads know knows knew feel feels felt
"""
_NAMING = """
call calls called describe describes described liken likens likened compare compares compared dub dubs dubbed
term terms termed characterize characterizes characterized characterise characterises characterised nickname
nicknames nicknamed refer refers referred consider considers considered label labels labeled labelled
"""


def _forms(verb):
    if verb.endswith(("sh", "ch", "ss", "x")):
        return verb, verb + "es", verb + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied"
    return verb, verb + "s", verb + ("d" if verb.endswith("e") else "ed")


def _alternatives(words):
    return "(?:" + "|".join(sorted(set(words), key=lambda word: (-len(word), word))) + ")"


SPEECH_WORDS = {form for verb in _REGULAR.split() for form in _forms(verb)} | set(_IRREGULAR.split())
NAMING_WORDS = set(_NAMING.split())
SPEECH = _alternatives(SPEECH_WORDS | NAMING_WORDS)
NAMING = _alternatives(NAMING_WORDS)

ADVERB = (
    r"(?:(?:also|then|often|always|still|later|further|now|once|usually|frequently|even|again|recently|just|"
    r"sometimes|\w{2,}ly|typically|and|first|firmly|quite)\s+)"
)
AUXILIARY = (
    r"(?:(?:has|had|have|would|will|'ll|’ll|likes|liked|loves|used|tends|continues|goes on|went on|is quick|was quick|"
    r"is careful|is fond|is known|can|could|does|did|must|may|might|begins|began)\s+(?:(?:to|of)\s+)?)"
)
_SAYING = r"(?:is|was|are|were)\s(?:fond of\s)?saying"
VERB = rf"(?:{ADVERB}{{0,2}}{AUXILIARY}?{ADVERB}?(?:{SPEECH}|{_SAYING})\b(?:\s+(?:out|up|on|in|back))?)"
SPEECH_NEXT = re.compile(rf"\s*,?\s*(?:{SPEECH}\s|(?:he|she|they)\s+{VERB}|(?:Dr|Prof)\b)")
