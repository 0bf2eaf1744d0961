"""Which prepositions a word takes."""

from __future__ import annotations

from cannedkit.words.valency import taken


def test_what_a_word_takes() -> None:
    """The table names the prepositions of a word, and of each form of a verb; of others it says nothing."""
    assert "to" in taken("entitled")
    assert "on" not in taken("entitled")
    assert all(taken(form) == taken("depend") != frozenset() for form in ("depends", "depended", "depending"))
    assert taken("relies") == taken("rely")
    assert taken("parcel") == frozenset()


def test_the_table_is_sorted_and_names_each_word_once() -> None:
    """Nobody looks for a word in two places."""
    from importlib import resources

    lines = resources.files("cannedkit.words").joinpath("valency.en.tsv").read_text("utf-8").splitlines()
    words = [line.partition("\t")[0].removesuffix("~") for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
