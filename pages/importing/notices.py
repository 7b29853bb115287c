"""What a person must look at, in sentences for the marketing writer."""

import re

from .model import Notice

SENTENCES = {
    "left_in_copy": "These words in marks were left in the copy; if somebody said them, make them a quotation.",
    "unbalanced_quotation_mark": "An opening or closing quotation mark is missing here; set it as in the source.",
    "stray_file_name": "This looks like the name of an image file; delete it and place the image if it is wanted.",
    "unresolved_speaker": "Nobody is named as the speaker; ask the author who said this, or take it out.",
    "ambiguous_speaker": "More than one person can have said this; ask the author who it was, then choose the speaker.",
    "bracketed_edit": "Words in brackets were put into this quotation; have the speaker confirm the wording.",
    "ellipsis_edit": "Dots stand in this quotation; check with the notes that nothing important was left out.",
    "possible_testimonial": "This may be a patient's testimonial; get the patient's written consent, or take it out.",
    "organization_quoted": "An organization is quoted in the copy; check the wording against its publication.",
    "other_person_quoted": "Somebody who is not a clinician is quoted in the copy; check that this person agrees.",
    "quotation_in_title": "The title quotes somebody; reword it, or repeat the words in the body for sign-off.",
}
BRACKETED = re.compile(r"\[[^\]]*\w[^\]]*\]")
ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")


def edits_in(text):
    """Codes for what an editor did to the words."""
    codes = {"bracketed_edit"} if BRACKETED.search(text) else set()
    return codes | ({"ellipsis_edit"} if ELLIPSIS.search(text) else set())


def notice(code, paragraph, excerpt):
    short = excerpt if len(excerpt) <= 160 else excerpt[:157].rsplit(" ", 1)[0] + " …"
    return Notice(code, paragraph, short, SENTENCES[code])


def quotation_notices(quotation, in_title):
    """All notices that one quotation gives rise to."""
    codes = [code for code in quotation.notes if code in SENTENCES]
    if quotation.speaker_kind == "patient":
        codes.append("possible_testimonial")
    elif quotation.attribution == "none":
        codes.append("unresolved_speaker")
    if quotation.attribution == "ambiguous":
        codes.append("ambiguous_speaker")
    if not quotation.is_set_apart and quotation.speaker_kind in ("organization", "unknown"):
        codes.append("organization_quoted" if quotation.speaker_kind == "organization" else "other_person_quoted")
    if in_title:
        codes.append("quotation_in_title")
    return [notice(code, quotation.paragraph, quotation.text) for code in codes]


def lonely_marks(view, drafts):
    """Marks without a partner that no quotation has reported yet."""
    lonely = [span for span in view.spans if not (span.opened and span.closed)]
    if not lonely or any("unbalanced_quotation_mark" in draft.notes for draft in drafts):
        return []
    chained = {p.outer_start for d in drafts if len(d.pieces) > 1 for p in d.pieces if p.block == view.number}
    lonely = [span for span in lonely if span.outer_start not in chained]
    excerpts = (view.text[max(0, s.outer_start - 20) : s.outer_end][:200] for s in lonely)
    return [notice("unbalanced_quotation_mark", view.block.paragraph, excerpt) for excerpt in excerpts]
