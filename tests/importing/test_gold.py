import importlib.util

import pytest

from pages.importing import parse_article, read_article

from .samples import FIXTURES, SAMPLES, SUFFIXES, fixture_gold

needs_samples = pytest.mark.skipif(
    not (SAMPLES / "score.py").exists(), reason=f"The annotated samples are not in {SAMPLES}."
)


@pytest.fixture(scope="module")
def scoring():
    spec = importlib.util.spec_from_file_location("score", SAMPLES / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(folder, gold):
    return [read_article(folder / article["file"]).as_json(article["file"]) for article in gold]


def assert_good_enough(result, notes):
    assert result["precision"] >= 0.97, notes
    assert result["recall"] >= 0.95, notes
    assert (result["wrong_speakers"], result["invented_speakers"]) == (0, 0), notes
    assert result["false_statements"] <= 2, notes
    assert result["speaker_accuracy_explicit"] == result["speaker_accuracy_inferred"] == 1.0, notes
    assert (result["warning_recall"], result["warnings_extra"]) == (1.0, 0), notes
    assert min(result[f"{name}_agreement"] for name in ("attribution", "speaker_kind", "paragraph")) >= 0.98, notes


@needs_samples
def test_the_annotated_samples_are_read_as_people_read_them(scoring):
    gold = scoring.read(SAMPLES / "gold.jsonl")
    assert_good_enough(*scoring.score(gold, predictions(SAMPLES, gold)))


@needs_samples
def test_our_own_articles_are_read_as_people_read_them(scoring):
    gold = fixture_gold()
    assert_good_enough(*scoring.score(gold, predictions(FIXTURES, gold)))


@pytest.mark.parametrize("gold", fixture_gold(), ids=lambda gold: gold["file"])
def test_an_article_gives_what_was_written_down_for_it(gold):
    path = FIXTURES / gold["file"]
    article = parse_article(path.read_text(encoding="utf-8"), markup=SUFFIXES[path.suffix])
    found = [(q.text, q.paragraph, q.speaker, q.attribution, q.speaker_kind) for q in article.quotations]
    fields = ("text", "paragraph", "speaker", "attribution", "speaker_kind")
    wanted = [tuple(q[name] for name in fields) for q in gold["quotations"] if not q.get("optional")]
    assert [quotation for quotation in wanted if quotation not in found] == []
    assert article.title == gold["title"]
    assert [vars(clinician) for clinician in article.clinicians] == gold["clinicians"]
    assert article.as_json(gold["file"])["warnings"] == gold["warnings"]
