import pytest

from pages.importing import parse_article

INTRO = "Dr. Ada Quillfeather, a dermatologist, and Bo Marsh, RN, work at Elm Row. Nobody else does."
FAR = "The lamp is blue. It hums."
ADA, BO = "Ada Quillfeather", "Bo Marsh"
E, I, A, N = "explicit", "inferred", "ambiguous", "none"  # noqa: E741


def found(text, *, intro=INTRO, markup="text"):
    article = parse_article(f"A Title\n\n{intro}\n\n{FAR}\n\n{text}", markup=markup)
    return [(q.text, q.speaker, q.attribution, q.speaker_kind) for q in article.quotations]


def by(speaker, *texts, attribution=E):
    return [(text, speaker, attribution, "clinician") for text in texts]


SAID = "It fades by spring,"
EXPLICIT = {
    "verb before the name": "“It fades by spring,” says Dr. Quillfeather.",
    "name before the verb": "“It fades by spring,” Dr. Quillfeather says.",
    "full name without a title": "“It fades by spring,” says Ada Quillfeather.",
    "bare surname": "“It fades by spring,” Quillfeather said.",
    "given name": "“It fades by spring,” says Ada.",
    "title Doctor": "“It fades by spring,” says Doctor Quillfeather.",
    "title Prof": "“It fades by spring,” says Prof. Quillfeather.",
    "past tense": "“It fades by spring,” cautioned Dr. Quillfeather.",
    "told us": "“It fades by spring,” Dr. Quillfeather told us.",
    "adverb": "“It fades by spring,” Dr. Quillfeather quietly adds.",
    "relative clause in between": "“It fades by spring,” Dr. Quillfeather, who trained in Leeds, says.",
    "apposition behind": "“It fades by spring,” says Dr. Quillfeather, who trained with Bo Marsh.",
    "description in front": "“It fades by spring,” says founder and lead dermatologist Dr. Ada Quillfeather.",
    "her colleague, by name": "“It fades by spring,” says his colleague, Dr. Quillfeather.",
    "used to say": "“It fades by spring,” Dr. Quillfeather used to say.",
    "likes to say": "“It fades by spring,” Dr. Quillfeather likes to say.",
    "comma outside the marks": "‘It fades by spring,’ says Dr Quillfeather.",
    "straight marks": '"It fades by spring," says Dr. Quillfeather.',
    "guillemets with spaces": "« It fades by spring, » says Dr. Quillfeather.",
    "single guillemets": "‹It fades by spring,› says Dr. Quillfeather.",
    "reversed guillemets": "»It fades by spring,« says Dr. Quillfeather.",
    "low and high marks": "„It fades by spring,“ says Dr. Quillfeather.",
    "low and right marks": "„It fades by spring,” says Dr. Quillfeather.",
    "backticks": "``It fades by spring,'' says Dr. Quillfeather.",
    "two commas": ",,It fades by spring,'' says Dr. Quillfeather.",
    "primes": "″It fades by spring,″ says Dr. Quillfeather.",
    "reversed comma": "‛It fades by spring,’ says Dr. Quillfeather.",
    "in parentheses": "The mark (“It fades by spring,” says Dr. Quillfeather) is pale.",
    "according to": "According to Dr. Quillfeather, “It fades by spring,” as a rule.",
    "as she puts it": "As Dr. Quillfeather puts it, “It fades by spring,” mostly.",
    "in the words of": "In the words of Dr. Quillfeather, “It fades by spring,” mostly.",
    "advice with a colon": "Dr. Quillfeather’s advice is short: “It fades by spring,”",
    "colon without a verb": "Dr. Quillfeather shrugs at the question: “It fades by spring,”",
    "verb and comma": "Dr. Quillfeather tells all new patients, “It fades by spring,”",
    "participle": "Dr. Quillfeather shook her head, adding, “It fades by spring,”",
    "inverted lead-in": "Says Dr. Quillfeather: “It fades by spring,”",
    "dash behind": "“It fades by spring,” — Dr. Quillfeather",
    "dash line below": "“It fades by spring,”\n— Dr. Quillfeather, FAAD",
    "dash paragraph below": "“It fades by spring,”\n\n– Dr. Ada Quillfeather",
    "tilde line below": "“It fades by spring,”\n~ Dr. Quillfeather",
    "label": "Dr. Quillfeather: It fades by spring,",
    "label with letters": "Ada Quillfeather, MD: It fades by spring,",
    "label and marks": "Dr. Quillfeather: “It fades by spring,”",
    "title in capitals of another": "“It fades by spring,” says Dr. A. Quillfeather.",
}


@pytest.mark.parametrize("text", EXPLICIT.values(), ids=EXPLICIT.keys())
def test_a_printed_name_is_explicit(text):
    assert found(text) == by(ADA, SAID)


INFERRED = {
    "pronoun": ("Dr. Quillfeather counts spots. “It fades by spring,” she says.", ADA, SAID),
    "they": ("Dr. Quillfeather counts spots. “It fades by spring,” they say.", ADA, SAID),
    "fitting description": ("Dr. Quillfeather counts spots. “It fades by spring,” the dermatologist adds.", ADA, SAID),
    "a nurse is no doctor": (
        "Bo Marsh and Dr. Quillfeather count spots. “It fades by spring,” the nurse says.",
        BO,
        SAID,
    ),
    "sentence about the speaker": ("Dr. Quillfeather agrees. “It fades by spring.”", ADA, "It fades by spring."),
    "pronoun from the paragraph before": (
        "Dr. Quillfeather counts spots.\n\n“It fades by spring,” she says.",
        ADA,
        SAID,
    ),
    "pronoun with a colon": ("Dr. Quillfeather counts spots. Her rule is simple: “It fades.”", ADA, "It fades."),
    "as she puts it": (
        "Dr. Quillfeather counts spots. As she puts it, “It fades by spring.”",
        ADA,
        "It fades by spring.",
    ),
}


@pytest.mark.parametrize(("text", "speaker", "words"), INFERRED.values(), ids=INFERRED.keys())
def test_one_reading_only_is_inferred(text, speaker, words):
    assert found(text) == by(speaker, words, attribution=I)


AMBIGUOUS = {
    "pronoun after two people": "Dr. Quillfeather works with Bo Marsh. “It fades by spring,” she says.",
    "two people speak at once": "“It fades by spring,” say Dr. Quillfeather and Bo Marsh.",
    "two people lead in": "Dr. Quillfeather and Bo Marsh both wait. “It fades by spring,”",
    "two people before a colon": "“One two,” says Bo Marsh. Dr. Quillfeather nods. He says: “It fades by spring,”",
    "pronoun far from both": "“It fades by spring,” she says.",
}


@pytest.mark.parametrize("text", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_two_readings_are_ambiguous(text):
    assert found(text)[-1] == (SAID, None, A, "clinician")


OPEN = {
    "nobody": ("“It fades by spring.”", "unknown"),
    "our dermatologist": ("“It fades by spring,” our dermatologist says.", "clinician"),
    "a nurse": ("“It fades by spring,” says a nurse.", "clinician"),
    "plural": ("“It fades by spring,” dermatologists say.", "clinician"),
    "experts": ("“It fades by spring,” experts say.", "unknown"),
    "far from the last name": ("Dr. Quillfeather waits. It rains. It snows. “It fades by spring.”", "unknown"),
    "somebody's nurse": ("“It fades by spring,” says Dr. Quillfeather’s nurse.", "clinician"),
}


@pytest.mark.parametrize(("text", "kind"), OPEN.values(), ids=OPEN.keys())
def test_nobody_is_named_where_the_text_names_nobody(text, kind):
    assert [q[1:] for q in found(text)] == [(None, N, kind)]


OTHERS = {
    "manager": ("“We print prices,” says Cy Dole, the office manager.", E, "unknown"),
    "esthetician": ("“I cannot diagnose,” says esthetician Cy Dole.", E, "unknown"),
    "patient with an age": ("“I slept well,” says Cleo, 52.", E, "patient"),
    "patient by name": ("Cleo, a patient since May, is glad. “I slept well,” she says.", I, "patient"),
    "one of our patients": ("“I slept well,” says one of our patients.", N, "patient"),
    "somebody's patient": ("“I slept well,” says a patient of Dr. Quillfeather.", N, "patient"),
    "namesake of a clinician": ("“I slept well,” says Karen Marsh, 44.", E, "patient"),
    "testimonial": ("What our patients say: “I slept well.”", N, "patient"),
    "stars": ("★★★★★ “I slept well.”", N, "patient"),
    "agency": ("The FDA says: “Keep out of the sun.”", E, "organization"),
    "society": ("The Academy of Skin says: “Keep out of the sun.”", E, "organization"),
    "study": ("The study found that “one in five patients had redness.”", N, "organization"),
    "chemist": ("“Emulsions are work,” says Dr. Ed Voss, a cosmetic chemist.", E, "unknown"),
}


@pytest.mark.parametrize(("text", "attribution", "kind"), OTHERS.values(), ids=OTHERS.keys())
def test_other_people_never_become_clinicians(text, attribution, kind):
    assert [q[1:] for q in found(text)] == [(None, attribution, kind)]


TRAPS = {
    "colleague of another": ("“It fades,” Dr. Quillfeather’s colleague Bo Marsh says.", BO),
    "assistant of another": ("“It fades,” says Dr. Quillfeather’s assistant, Mia Cole.", None),
    "words of a mentor": ("Dr. Quillfeather recalls the words of her mentor, Bo Marsh: “It fades.”", None),
    "told by another": ("Dr. Quillfeather recalls what Bo Marsh told her: “It fades.”", BO),
    "passive": ("“It fades,” Dr. Quillfeather was told by Bo Marsh.", None),
    "reply follows": ("“It fades,” says Bo Marsh, and Dr. Quillfeather agrees: “It does.”", BO),
    "unnamed nurse": ("Our head nurse works with Bo Marsh. “It fades,” she says.", None),
    "unnamed manager": ("Bo Marsh waits.\n\nThe clinic’s manager laughs. “It fades,” she says.", None),
    "unnamed visitor": ("Bo Marsh waits.\n\nA violinist came from Ohio. “It fades,” she says.", None),
    "husband": ("Dr. Quillfeather’s husband, a baker, laughs. “It fades,” he says.", None),
    "patient who met a clinician": ("Jenna saw Bo Marsh in May. “It fades,” she says.", None),
    "website": ("“It fades,” the website of Bo Marsh says.", None),
    "courtesy title": ("“It fades,” says Mr. Quillfeather.", None),
    "namesake": ("“It fades,” says Ed Marsh, the owner.", None),
    "line by a writer": ("Bo Marsh likes a line by Oscar Wilde: “It always fades.”", None),
    "neither of them": ("“It fades,” said neither Dr. Quillfeather nor Bo Marsh.", None),
    "an expert may be anybody": ("“It fades,” the expert says.", None),
}


@pytest.mark.parametrize(("text", "speaker"), TRAPS.values(), ids=TRAPS.keys())
def test_no_speaker_is_better_than_the_wrong_one(text, speaker):
    assert found(text)[0][1] == speaker


def test_the_reviewer_of_an_article_is_nobody_who_speaks_in_it():
    assert found("“It fades,” she says.", intro="Medically reviewed by Dr. Ada Quillfeather.")[0][1] is None


@pytest.mark.parametrize("mark", ["‘’", "''"])
def test_a_number_may_begin_a_quotation_in_single_marks(mark):
    assert found(f"{mark[0]}20 minutes is enough,{mark[1]} says Dr Quillfeather.") == by(ADA, "20 minutes is enough,")


def test_two_labels_in_one_paragraph_are_two_quotations():
    text = "Dr. Quillfeather: “Wait.” Bo Marsh: “Come now.”"
    assert found(text) == by(ADA, "Wait.") + by(BO, "Come now.")


def test_words_that_somebody_denies_are_left_in_the_copy():
    assert found("Bo Marsh never says “wait for the spring to come.”") == []
    assert found("Bo Marsh tells patients not to believe “miracles in a jar.”") == []


NOT_STATEMENTS = {
    "so-called": "A so-called “skin reset,” it costs much.",
    "known as": "It is known as “frosting.”",
    "doctors call it": "Doctors call it “frosting.”",
    "the word": "Nobody uses the word “cure” here.",
    "title of a study": "A review titled “Light and Skin: Ten Years” was mixed.",
    "slogan": "The slogan “Glow. Every Day.” is old.",
    "advertised as": "It is advertised as “scarless.”",
    "scare quotes": "The “secret” is sunscreen.",
    "term that a clinician names": "Dr. Quillfeather calls this “field treatment.”",
    "term in indirect speech": "Dr. Quillfeather says that “baby” doses are enough.",
    "common question": "Patients often ask, “Does it hurt?”",
    "indirect speech": "Dr. Quillfeather says that it fades.",
    "inches": 'A 2" strip and a 5\'10" frame fit.',
    "decade": "In the ’90s and the '80s doctors’ rooms were dark.",
    "possessive": "The patients’ brows and the nurses’ notes match.",
    "promise of a brand": "Clinics promise “glass skin” in an hour.",
}


@pytest.mark.parametrize("text", NOT_STATEMENTS.values(), ids=NOT_STATEMENTS.keys())
def test_named_terms_are_no_statements(text):
    assert found(text) == []


JOINED = {
    "inside a sentence": (
        "“It fades,” says Dr. Quillfeather, “by spring.”",
        "It fades, by spring.",
        "It fades, by spring.",
    ),
    "between sentences": (
        "“It fades,” says Dr. Quillfeather. “By spring.”",
        "It fades, By spring.",
        "It fades. By spring.",
    ),
    "British": ("‘It fades’, says Dr Quillfeather. ‘By spring.’", "It fades By spring.", "It fades. By spring."),
    "question": ("“Why wait?” asks Dr. Quillfeather. “It fades.”", "Why wait? It fades.", "Why wait? It fades."),
    "final comma": ("“It fades,” says Dr. Quillfeather.", "It fades,", "It fades."),
    "no comma": ("“It fades” says Dr. Quillfeather.", "It fades", "It fades."),
    "ellipsis": ("“It fades …” says Dr. Quillfeather.", "It fades …", "It fades …"),
}


@pytest.mark.parametrize(("text", "words", "display"), JOINED.values(), ids=JOINED.keys())
def test_parts_around_an_attribution_are_joined(text, words, display):
    (quotation,) = parse_article(f"T\n\n{INTRO}\n\n{text}", markup="text").quotations
    assert (quotation.text, quotation.words) == (words, display)
    assert ("closing_punctuation_set" in quotation.notes) == (words != display)


def test_two_attributions_are_two_quotations():
    text = "“It fades,” says Dr. Quillfeather. “It does,” says Bo Marsh."
    assert found(text) == by(ADA, "It fades,") + by(BO, "It does,")


def test_narration_in_between_makes_two_quotations():
    text = "“It fades,” says Dr. Quillfeather. Snow helps. “By spring it is gone.”"
    assert found(text) == by(ADA, "It fades,") + by(ADA, "By spring it is gone.", attribution=I)


def test_a_reply_is_not_given_to_the_first_speaker():
    text = "“It always fades.” Bo Marsh disagrees. “It never does.”"
    assert found(text) == [("It always fades.", None, N, "unknown"), *by(BO, "It never does.", attribution=I)]


def test_a_shared_surname_is_ambiguous_and_lists_the_candidates():
    intro = "Dr. Ada Quillfeather and Dr. Otto Quillfeather share a desk."
    article = parse_article(f"T\n\n{intro}\n\n“It fades,” says Dr. Quillfeather.", markup="text")
    assert article.quotations[0].candidates == (ADA, "Otto Quillfeather")
    assert article.warnings == ["ambiguous_speaker"]


def test_paragraphs_with_an_opening_mark_each_are_one_quotation():
    text = "Dr. Quillfeather writes:\n\n“It fades.\n\n“It always does.\n\n“Wait for spring.”"
    assert found(text) == by(ADA, "It fades. It always does. Wait for spring.")


def test_a_missing_closing_mark_lets_the_words_run_to_the_end():
    article = parse_article(f"T\n\n{INTRO}\n\nDr. Quillfeather says: “It fades. Wait.", markup="text")
    assert article.quotations[0].text == "It fades. Wait."
    assert article.warnings == ["unbalanced_quotation_mark"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("pen_shot_2After the gel dries", ["pen_shot_2"]),
        ("scar-left-2.jpgThe face is numb", ["scar-left-2.jpg"]),
        ("suite_v4_FINALLasers are loud", ["suite_v4_FINAL"]),
        ("IMG_2034.JPGAfter a week", ["IMG_2034.JPG"]),
        ("before-after-4.png", ["before-after-4.png"]),
        ("Well-known 24-48 hour micro-needling, e.g. at elm.example/a_b or a_b@elm.example or @elm_row", []),
        ("See https://elm.example/scar_2.jpg and COVID-19 notes", []),
    ],
)
def test_stray_file_names_are_reported(text, names):
    notices = parse_article(f"T\n\n{text}", markup="text").notices
    assert [notice.excerpt for notice in notices if notice.code == "stray_file_name"] == names


def test_every_notice_is_a_sentence():
    text = "“A [b] c … d.”\n\n“I slept,” says Cleo, 52.\n\nx_1.jpgThe “end"
    notices = parse_article(f"T\n\n{text}", markup="text").notices
    assert len(notices) >= 5
    assert all(notice.sentence.endswith(".") and notice.excerpt for notice in notices)
