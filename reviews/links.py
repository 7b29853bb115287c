"""Where a reference leads: only to a DOI, a PMID or the web."""

import re

_DOI = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_PMID = re.compile(r"^(?:pmid:?\s*)(\d{1,9})$", re.IGNORECASE)
_WEB = re.compile(r"^https?://\S+$", re.IGNORECASE)


def resolved_link(link: str) -> tuple[str, str]:
    """Address and text of a DOI, PMID or web address; empty if it is none of them."""
    if match := _DOI.match(link):
        return f"https://doi.org/{match[1]}", f"doi:{match[1]}"
    if match := _PMID.match(link):
        return f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/", f"PMID {match[1]}"
    return (link, link.split("//", 1)[1].rstrip("/")) if _WEB.match(link) else ("", "")
