"""Real catalogues are read in the form that `check` reads, and nothing that is on errs in one finding of ten."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scripts.catalogues import PACKS, ROOT, TODAY, Replies, judged, ours, rules_on, theirs, written

pytestmark = pytest.mark.checkout


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("Hi %{first_name}, it costs $500.", "Hi {{ first_name }}, it costs $500."),
        ("Hi <<Client.Name>>, {day:s} is fine for $1.", "Hi {{ client_name }}, {{ day }} is fine for {{ hole1 }}."),
        ("%quick_links% <b>and</b> {{PLURAL:2}}", "{{ quick_links }} and (PLURAL:2)"),
        ('<ul><li>Open <a href="https://example.org/a">it</a></ul>', "- Open it (https://example.org/a)"),
    ],
)
def test_placeholders_of_another_system_become_ours(source: str, read: str) -> None:
    """A placeholder of any of the systems is one of ours, and HTML is the text that it shows."""
    assert ours(source) == read


def test_both_ways_of_reading_a_catalogue(tmp_path: Path) -> None:
    """With its placeholders as ours a reply has no left-over; as its own system has them each is one."""
    replies = Replies(topics={})
    replies.add("Shop", "Received", body={"en": "Hi %{name}, we have your letter."})
    found = {
        name: [one.finding.rule for one in written(replies.read(read), tmp_path / name, "Leftover").check().findings]
        for name, read in (("ours", ours), ("theirs", theirs))
    }
    assert found == {"ours": [], "theirs": ["Leftover.Tags"]}


def test_what_is_on_was_right_nine_times_of_ten() -> None:
    """Of the judged findings of each rule of these packs that is on at least 90 percent are right."""
    said = judged()
    shares = {
        rule.id: said[rule.id][0] / sum(said[rule.id]) for pack in PACKS for rule in rules_on(pack) if rule.id in said
    }
    assert len(shares) > 10
    assert {rule: share for rule, share in shares.items() if share < 0.9} == {}


def test_the_page_shows_what_was_judged() -> None:
    """The page has a row for each judged rule that is on, with its verdict, and names each other one."""
    page = (ROOT / "docs/quality.md").read_text(encoding="utf-8")
    said = judged()
    for rule in (rule for pack in PACKS for rule in rules_on(pack)):
        if rule.id in said:
            right, arguable, wrong = said[rule.id]
            assert f" | {right + arguable + wrong} | {right} | {arguable} | {wrong} | " in _row(page, rule.id)
        else:
            pack, _, name = rule.id.partition(".")
            (line,) = (one for one in page.splitlines() if one.startswith(f"Of {pack} these found nothing"))
            assert name in line.rstrip(".").replace(",", "").split()


def _row(page: str, rule: str) -> str:
    return next(line for line in page.splitlines() if line.startswith(f"| {rule} |"))


@pytest.mark.data
def test_every_finding_of_a_rule_that_was_judged_is_counted(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """In the evaluation sets no rule of Catalogue finds more than was judged."""
    from scripts.catalogues import CATALOGUES

    folder = Path(pytestconfig.getoption("--data")) / "catalogues"
    said = judged()
    found: Counter[str] = Counter()
    for number, read in enumerate(CATALOGUES.values()):
        review = written(read(folder).read(ours), tmp_path / str(number), "Catalogue").check(today=TODAY)
        found.update(one.finding.rule for one in review.findings)
    assert {rule: count for rule, count in found.items() if count > sum(said.get(rule, (0,)))} == {}
