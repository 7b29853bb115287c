import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.canonical import normalised_html, words_of
from pages.rich_words import with_words
from reviews.canonical import fold


@pytest.mark.parametrize(
    ("html", "words", "expected"),
    [
        ("<p>It lasts a day.</p>", "It lasts a week.", "<p>It lasts a week.</p>"),
        ("<p>It <b>never</b> hurts.</p>", "It rarely hurts.", "<p>It <b>rarely</b> hurts.</p>"),
        ("<p>One.</p><p>Two.</p>", "One. Two and a half.", "<p>One.</p><p>Two and a half.</p>"),
        ("<ul><li>Ice</li><li>Rest</li></ul>", "Rest", "<ul><li>Rest</li></ul>"),
        ('<p>Ask <a href="/x">us</a> first.</p>', "Ask us.", '<p>Ask <a href="/x">us.</a></p>'),
        ("<p>Old.</p>", "<b>New</b> & bold.", "<p>&lt;b&gt;New&lt;/b&gt; &amp; bold.</p>"),
        ("", "From nothing.", "<p>From nothing.</p>"),
    ],
)
def test_words_change_and_form_stays(html, words, expected):
    assert with_words(html, words) == expected


HTML = st.sampled_from(
    ["<p>a b c</p>", "<p>a <b>b</b>, c</p>", "<ul><li>a</li><li>b c</li></ul>", "<p>a</p><p>b<br/>c</p>", "", "<p></p>"]
)


@given(HTML, st.text(max_size=40))
def test_the_result_reads_exactly_as_suggested(html, words):
    assert words_of(normalised_html(with_words(html, fold(words)))) == fold(words)
