"""The shapes of people's names, honorifics and post-nominal letters in running text."""

import re
import unicodedata
from functools import lru_cache

UPPER = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
TITLE = r"(?:(?:Drs?\b\.?|[Dd]octors?|Prof\b\.?|Professor|Associate Professor|Sir|Dame)\s)+"
COURTESY = r"(?:(?:(?:Mr|Mrs|Ms|Miss|Mx)\b\.?|Nurse)\s)"
CLINICAL = (
    r"(?:M\.D\.|MD|D\.O\.|DO|MBBS|MBChB|MBBCh|BMBS|FAAD|FACMS|FACS|FAACS|FASDS|FACOG|FACP|FRC[A-Z]{1,4}|MRC[A-Z]{1,4}|"
    r"FRACP|FRACS|PA-?C|P\.A\.|PA|R?NP-?C?|N\.P\.|C?R?DNP|[A-Z]{0,4}NP(?:-[A-Z]{1,2})?|APRN(?:-[A-Z]{1,4})?|ARNP|"
    r"R\.N\.|RN|BSN|MSN|LPN|RGN|LVN|DCNP|MPAS|MMS|RN-BC|CNS)"
)
OTHER_LETTERS = r"(?:Ph\.D\.|PhD|MPH|M\.P\.H\.|MBA|MSc|M\.Sc\.|BSc|MS|MHS|CPE|MA|CANS|CPSN|FCP|FACCS|DSc|MHA|OBE|MBE)"
LETTERS = rf"(?:,?\s(?:\(?{CLINICAL}\)?|{OTHER_LETTERS})(?![\w-]))"

# "But Dr. Osei" is not a person called But Dr: an honorific begins a name and is never inside one.
HONORIFIC = r"(?:Drs?|Prof|Professor|Doctors?|Mr|Mrs|Ms|Miss|Mx)"
_PART = (
    rf"(?!(?:{HONORIFIC}|{CLINICAL}|{OTHER_LETTERS}|Jr|Sr|II|III|IV)(?![\w-]))[{UPPER}]\w*(?:['’](?!s\b)\w+|[-‐‑]\w+)*"
)
INITIAL = rf"(?:[{UPPER}]\.(?:\s?[{UPPER}]\.)?)"
_LAST = rf"(?:d['’]|[OD]['’])?{_PART}"
PARTICLE = (
    r"(?:de|van|der|den|von|vom|zu|zur|la|le|les|du|di|da|do|dos|das|del|della|ter|ten|te|bin|ibn|al|el|y|st|af|av|"
    r"dalla|e)"
)
WORD = rf"(?:{INITIAL}|{_LAST})"
GENERATION = r"(?:Jr\b\.?|Sr\b\.?|I{2,3}\b|IV\b)"
NAME = rf"(?:{PARTICLE}\s){{0,3}}{WORD}(?:\s(?:{PARTICLE}\s){{0,3}}{WORD}){{0,5}}(?:,?\s{GENERATION})?"

# Words with a capital that begin sentences or headings and are nobody's name.
_NOT_NAMES = """
The A An I He She It We You They His Her Their Our My Your Its This That These Those There Here When While
If As After Before Since Because Although Though Once Until Unless With Without For From In On At By To Of
And But Or So Yet Not No Yes What Why How Who Where Which Whether Most Many Some Few All Each Every Both One
Two Three Four Five First Second Then Now Today Also Even Only Just Still Later According Despite During
Under Over Between Meanwhile However Instead Like Unlike Ask Does Is Are Was Were Do Did Can Could Will
Would Should May Might Must Has Have Had Let Patients Doctors Experts People Q Monday Tuesday Wednesday
Thursday Friday Saturday Sunday January February March April June July August September October November
December Says Said Explains Answers Talks Tells Shares Discusses Breaks Weighs Asks Explained Reveals
Recommends Advises Warns Meet Ready Book Call Contact Inside Another Such Same Other Following Finally Next
Last Never Always Sometimes Often Perhaps Maybe Doctor Dr Drs Prof Professor Mr Mrs Ms Miss Nurse Sister
Reviewed Written Medically About Against Behind Beyond Within Per Via Expect Keep Wear Use Avoid Try Take
Make Note Adds Notes Question Answer Interviewer Reporter Host Editor Good Best Better Everything Nothing
Something Anyone Everyone Nobody Someone Nor Either Neither Again Away Off Whatever Whenever Wherever
Colleague Colleagues Botox Retinol Laser Skin Clinic
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
_ORGANIZATION_WORDS = """
Academy Association Society Administration Agency College Institute Foundation Council Clinic Clinics Center
Centre Hospital University Journal Department Board Service Medicine Health Group Associates Dermatology
Aesthetics Practice School Network Federation Committee Registry Union Ministry Spa Medspa Bureau
Laboratories Pharmaceuticals Inc LLC Ltd Surgery Medical Organization Organisation Trust Guild Alliance
Coalition
"""
ORGANIZATION_WORDS = frozenset(_ORGANIZATION_WORDS.split())


@lru_cache(10_000)
def folded(word):
    """A word of a name without case, accents and the dots of initials."""
    text = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold().strip(".,")


@lru_cache(10_000)
def name_words(name):
    """Words of a name, folded, without Jr. and III."""
    words = [word for word in name.replace(",", " ").split() if not re.fullmatch(GENERATION, word)]
    return tuple(folded(word) for word in words)


def generation_of(name):
    """Jr., Sr. or III at the end of a name, folded; otherwise nothing."""
    match = re.search(rf"{GENERATION}$", name.rstrip(","))
    return folded(match.group()) if match else ""
