"""What people are: words that show a clinical license, another occupation, or a patient."""

import re

from .names import CLINICAL, UPPER

ROLE = (
    r"(?:nurse practitioners?|physician assistants?|physician associates?|(?:registered |head |charge )?nurses?|"
    r"(?!cosmetologist|biologist|psychologist|toxicologist|microbiologist|sociologist|epidemiologist|technologist|"
    r"trichologist)\w*(?:derm|cosmetic |aesthetic |plastic )?(?:ologist|surgeon)s?|physicians?|doctors?|internists?|"
    r"pa?ediatricians?|phlebologists?|GPs?|an(?:a)?esthetists?|clinicians?)"
)
_LINK = r"(?:who (?:is|was) |now |also |both |a |an |the |our |its |one of |her |his |their |my )*"
_PLAIN = (
    r"(?:(?!(?:patient|client|of|to|for|with|who|whose|by|manager|husband|wife|daughter|son|mother|not)s?\b)"
    r"[\w’'/&-]+\s){0,6}?"
)
ROLE_BEFORE = re.compile(rf"\b{ROLE},?\s$", re.IGNORECASE)
ROLE_AFTER = re.compile(
    rf"(?:,\s|\s\(|\s?[—–]\s?|\s(?:is|was|has been|works as|serves as)\s){_LINK}{_PLAIN}{ROLE}\b(?!['’]s)",
    re.IGNORECASE,
)
OTHER_SCIENCE = re.compile(
    rf",\s{_LINK}(?:[\w’'-]+\s){{0,4}}?(?:chemist|physicist|biologist|microbiologist|toxicologist|engineer|statistician|"
    r"epidemiologist|historian|economist|sociologist|psychologist|nutritionist|scientist|researcher|pharmacist|"
    r"veterinarian|anthropologist|ethicist)\b",
    re.IGNORECASE,
)
PATIENT_BEFORE = re.compile(r"\b(?:(?:patient|client)s?,?\s(?:like\s|named\s)?|(?:named|called)\s)$", re.IGNORECASE)
PATIENT_AFTER = re.compile(
    r"(?:,?\s(?:\(?(?:age\s|aged\s)?\d\d(?:[),.;:]|\s|$))|,\s(?:an?\s)?\d\d-year-old|"
    r",\s(?:an?|one of|another|the|our)\s[^.,;“\"]{0,60}?"
    r"\b(?:patient|client)s?\b|,\swho (?:had|has had|came|underwent|got|chose|booked|tried)\b)"
)
PATIENT_STORY = re.compile(
    r"\s(?:had|has had|underwent|booked|tried|chose|came|drove|decided|wanted|got|went|completed|waited|finished|"
    r"started|flew|saw|met|visited|noticed|struggled|lives|works as|remembers|travel(?:ed|led)|first came|signed up)\b"
)
PATIENT_WORDS = re.compile(
    r"\b(?:patients?|clients?|customers?|guests?|reviewers?|bride|year-old|mother of|mom of|father of|dad of|"
    r"testimonials?|reviews?)\b",
    re.IGNORECASE,
)
TESTIMONIAL = re.compile(
    r"\b(?:what (?:our|my|the) (?:\w+ )?(?:patients|clients|customers) (?:say|are saying|tell)|(?:patient|client) "
    r"(?:stor(?:y|ies)|reviews?|testimonials?|voices?)|testimonials?|real (?:patients|results|stories)|"
    r"(?:our )?reviews|in (?:their|our patients[’']) own words)\b|[★⭐☆]|\b(?:five|5)[ -]stars?\b|\b[45]/5\b",
    re.IGNORECASE,
)
OWN_TREATMENT = re.compile(
    r"\b(?:my (?:skin|face|scars?|acne|nose|lips|legs?|hair|wrinkles|confidence|forehead|cheeks|arms?|results?|"
    r"treatment|session|appointment|husband|wife|sister|mother|friends|kids|wedding|birthday)|"
    r"I (?:was so|loved?|wish I)|best (?:thing|decision)|highly recommend|changed my life|I would do it again)\b",
    re.IGNORECASE,
)
_ORG_TAIL = (
    r"(?:Academy|Association|Society|Administration|Agency|College|Institute|Foundation|Council|Clinics?|Centers?|Centre|"
    r"Hospital|University|Journal|Organi[sz]ation|Federation|Committee|Network|Alliance|Trust|Dermatology|Aesthetics|"
    r"Medspa|Health|Group|Associates|Laborator(?:y|ies)|Pharmaceuticals|Inc\b\.?|LLC|Service)"
)
ORGANIZATION = re.compile(
    rf"\b(?:FDA|AAD|AADA|NHS|CDC|WHO|NICE|EMA|MHRA|NIH|ASDS|ASPS|BAD|AMA|EADV|ISAPS|FTC|GMC|ACMS|ASLMS|AARP|"
    rf"(?:[{UPPER}][\w’'&-]*\s(?:(?:of|for|and|on|the|in|de|&)\s){{0,3}}){{0,6}}{_ORG_TAIL}"
    rf"(?:\s(?:of|for|on|and)\s(?:the\s)?(?:[{UPPER}][\w’'-]+)(?:(?:\s(?:and|of|&)|,)?\s[{UPPER}][\w’'-]+){{0,5}})?)\b"
)
ORGANIZATION_WORDS = re.compile(
    r"\b(?:stud(?:y|ies)|labels?|leaflet|guidelines?|package insert|manufacturer|brochure|company|authors|website|"
    r"agency|societ(?:y|ies)|clinic|practice|hospital|researchers?|regulators?|insurers?|academy|association|journal|"
    r"instructions|newsletter|magazine|blog|site|survey|press release|statement|report|consensus|panel)\b",
    re.IGNORECASE,
)
CREDENTIAL = re.compile(
    rf"\b(?:{ROLE}|director|head|chief|professor|lecturer|certified|specialist|specializes|founder|expert|owner|lead|"
    rf"chair\w*|fellow\w*|co-founder|dermatology|surgery|medicine|president|consultant|resident|trained|licensed)\b|"
    rf"\b{CLINICAL}\b",
    re.IGNORECASE,
)
APPOSITIVE = re.compile(
    rf"(?:\s\([^)]{{1,30}}\))?,\s(?:who (?:is|was)\s)?(?:an?\s)?"
    rf"(?P<body>(?!(?:who|and|but|which|used|had|told|said|whose|where)\b|\w*[^s’']s\s)"
    rf"[^,.;:!?“”\"()—«»]{{3,160}}"
    rf"(?:,\s[{UPPER}][\w’'-]+(?:\s[{UPPER}][\w’'-]+){{0,2}}(?=[,.;]|$))?)(?=[,.;:—(“\"]|$|\.)"
)
