"""Promises of the Liquid layer: reading, checking, rendering, sample sets."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cannedkit.model.response import Variable
from cannedkit.template.render import (
    MAX_BODY,
    MAX_OUTPUT,
    MAX_SETS,
    Placeholder,
    Rendered,
    TemplateError,
    check,
    conflicts,
    longest,
    parse,
    render,
    sample_sets,
)
from cannedkit.template.types import TYPES

# -- generated bodies ---------------------------------------------------------------------------

NAMES = ("a", "b.c", "order.note", "naïve_x", "d-e")
WORDS = st.lists(
    st.sampled_from(["Hi", " ", "\n", "👩‍👧", "é", "é", "{", "}", "{ a }", "%", "ราคา", ",", "  ", "-"]), max_size=5
).map("".join)


def _safe(text: str) -> str:
    """`text` without anything that Liquid could take for the start or end of a tag."""
    for mark in ("{{", "{%", "}}", "%}"):
        text = text.replace(mark, "·")
    return text


LITERALS = WORDS.map(_safe).map(lambda text: f"·{text}·" if text else "")
DASH = st.sampled_from(["", "", "-"])
OUTPUTS = st.builds(
    "{{{{{} {}{} {}}}}}".format,
    DASH,
    st.sampled_from(NAMES),
    st.sampled_from(["", " | upcase", "|downcase", " | capitalize | upcase"]),
    DASH,
)
TESTS = st.one_of(
    st.sampled_from(NAMES),
    st.builds('{} {} "{}"'.format, st.sampled_from(NAMES), st.sampled_from(["==", "!=", "contains"]), st.just("pro")),
    st.builds("{} {} {}".format, st.sampled_from(NAMES), st.sampled_from(["and", "or"]), st.sampled_from(NAMES)),
    st.just('a and b.c or d-e == "x" and order.note'),
)


def _choices(bodies: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{{%{3} if {0} {3}%}}{1}{{% else %}}{2}{{%- endif %}}".format, TESTS, bodies, bodies, DASH),
        st.builds("{{% if {0} %}}{1}{{% elsif {2} %}}{3}{{% endif {4}%}}".format, TESTS, bodies, TESTS, bodies, DASH),
        st.builds("{{% unless {0} -%}}{1}{{% endunless %}}".format, TESTS, bodies),
        st.builds(
            '{{% case {0} %}} {{% when "pro" %}}{1}{{% when "x", "y" %}}{2}{{% else %}}{1}{{% endcase %}}'.format,
            st.sampled_from(NAMES),
            bodies,
            bodies,
        ),
        st.lists(bodies, min_size=2, max_size=3).map("".join),
    )


LEAVES = st.one_of(
    LITERALS,
    OUTPUTS,
    st.sampled_from(["{% raw %}{{ a }} {% if %}{% endraw %}", "{% comment %} {{ unread }} {%- endcomment -%}"]),
)
BODIES = st.recursive(LEAVES, _choices, max_leaves=12).map(lambda body: body + ".")
VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["pro", "x", "Zoë 👍", "{{ a }}", "professional"]))


def _nested(values: Mapping[str, str]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for name, value in values.items():
        head, _, tail = name.partition(".")
        tree[head] = {tail: value} if tail else value
    return tree


def _rendered(body: str, values: Mapping[str, str]) -> Rendered | None:
    try:
        return render(parse(body), values)
    except TemplateError:
        return None


@settings(max_examples=150, deadline=None)
@given(BODIES, VALUES)
@example("{% if a %} {% endif %}.", {"a": "x"})
@example("x {{- a }}\n.", {"a": "x"})
def test_text_is_what_liquid_renders(body: str, values: dict[str, str]) -> None:
    """A body renders to exactly the text that python-liquid itself makes of it, or fails where that fails."""
    from liquid import Environment, FalsyStrictUndefined
    from liquid.exceptions import UndefinedError

    expected: str | None
    try:
        expected = Environment(undefined=FalsyStrictUndefined).from_string(body).render(**_nested(values))
    except UndefinedError:
        expected = None
    ours = _rendered(body, values)
    assert (None if ours is None else ours.text) == expected


@settings(max_examples=150, deadline=None)
@given(BODIES, VALUES)
def test_segments_tell_where_every_character_came_from(body: str, values: dict[str, str]) -> None:
    """Segments cover the text, go forward in the body, and each literal one holds the body's own characters."""
    rendered = render(parse(body), dict.fromkeys(NAMES, "x") | values)
    place = body_place = 0
    for segment in rendered.segments:
        assert segment.start == place < segment.end
        assert body_place <= segment.body_start < segment.body_end <= len(body)
        source = body[segment.body_start : segment.body_end]
        if segment.filled:
            assert source.startswith("{{")
            assert source.endswith("}}")
            assert segment.name in source
        else:
            assert source == rendered.text[segment.start : segment.end]
        place, body_place = segment.end, segment.body_end
    assert place == len(rendered.text)


@settings(max_examples=100, deadline=None)
@given(BODIES, VALUES, st.data())
def test_spans_map_into_the_body_in_order(body: str, values: dict[str, str], data: st.DataObject) -> None:
    """Rendered spans map into the body, a later span never before an earlier one, empty spans to empty ones."""
    rendered = render(parse(body), dict.fromkeys(NAMES, "xyz") | values)
    size = len(rendered.text)
    start, end = sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))
    later, last = (data.draw(st.integers(start, size)), data.draw(st.integers(end, size)))
    one, point, later_point = (
        rendered.to_body(start, end),
        rendered.to_body(start, start),
        rendered.to_body(later, later),
    )
    assert 0 <= one[0] <= one[1] <= len(body)
    assert point[0] == point[1] <= later_point[0] == later_point[1]
    if start < end and later < last:
        other = rendered.to_body(later, last)
        assert one[0] <= other[0]
        assert one[1] <= other[1]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*"{%}- a.|:\"'<>=[]()", "if", "raw", "case", "when"])).map("".join))
)
@example("{{ a | default: }}")
@example("{% if a == %}")
@example("{{ a.b.. }}")
@example("{% when %}{% endcase %}")
@example("{% case a %}{% else %}{% when 'x' %}{% endif %}")
@example("{% if " + "a and " * 80 + "a %}{% endif %}")
@example("{{ " + "9" * 490 + " }}")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text gives a template or a TemplateError whose places are in the text; without braces it stays as it is."""
    fault: TemplateError | None = None
    try:
        template = parse(text)
    except TemplateError as error:
        fault = error
    if fault is not None:
        assert fault.problems
        assert all(0 <= each.start <= each.end <= len(text) and each.message for each in fault.problems)
        assert (fault.start, fault.end) == (fault.problems[0].start, fault.problems[0].end)
    elif not any(mark in text for mark in ("{{", "{%")):
        assert render(template, {}).text == text


@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "}}",
        "{% raw %}",
        "{% comment %}",
        "{{ ",
        "{%" + " " * 50,
        "{% if a %}",
        "{% endif %}",
        "{{a|x}}",
        "{% x %}",
        "{% raw",
    ],
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    """The longest body of unclosed braces is refused in under two seconds of CPU time, with every place."""
    body = (piece * MAX_BODY)[: MAX_BODY - len(piece)]
    before = time.thread_time()
    with pytest.raises(TemplateError):
        parse(body)
    assert time.thread_time() - before < 2


def test_spaces_take_no_time() -> None:
    """An unclosed brace before 19,998 spaces, slow work for python-liquid's lexer, is refused at once."""
    before = time.thread_time()
    with pytest.raises(TemplateError, match="never closed"):
        parse("{{" + " " * (MAX_BODY - 2))
    assert time.thread_time() - before < 0.2


# -- reading ------------------------------------------------------------------------------------


def test_placeholders_are_described() -> None:
    """Every placeholder tells its name, its place in code points, its default, and what guards it."""
    body = '👋 {{ customer.name | default: "there" }}{% if order.note %}: {{ order.note }}{% endif %}'
    assert parse(body).placeholders == (
        Placeholder("customer.name", 2, 40, "there", False, (), ("default",)),
        Placeholder("order.note", 46, 56, None, True),
        Placeholder("order.note", 61, 77, None, False, ("order.note",)),
    )
    assert parse(body).names == ("customer.name", "order.note")


@pytest.mark.parametrize(
    ("body", "guards"),
    [
        ("{% if a and b %}{{ x }}{% endif %}", ("a", "b")),
        ("{% if a or b %}{{ x }}{% endif %}", ()),
        ("{% unless a %}{% else %}{{ x }}{% endunless %}", ("a",)),
        ("{% unless a or b %}-{% else %}{{ x }}{% endunless %}", ()),
        ("{% unless a %}{{ x }}{% endunless %}", ()),
        ('{% if a == "p" %}{% if b contains "q" %}{{ x }}{% endif %}{% endif %}', ("a", "b")),
        ('{% if a != "p" %}-{% else %}{{ x }}{% endif %}', ("a",)),
        ('{% if a != "p" %}{{ x }}{% endif %}', ()),
        ('{% if a != "p" or b != "q" %}-{% else %}{{ x }}{% endif %}', ("a", "b")),
        ('{% if a != "p" and b != "q" %}-{% else %}{{ x }}{% endif %}', ()),
        ("{% if a %}-{% elsif b %}{{ x }}{% endif %}", ("b",)),
        ('{% case a %}{% when "p" or "q" %}{{ x }}{% endcase %}', ("a",)),
        ('{% case a %}{% when "p" %}-{% else %}{{ x }}{% endcase %}', ()),
    ],
)
def test_guards_are_what_the_tags_guarantee(body: str, guards: tuple[str, ...]) -> None:
    """A name guards a place only if it must have a value whenever that place is rendered."""
    (placeholder,) = (each for each in parse(body).placeholders if each.name == "x")
    assert placeholder.guards == guards


@pytest.mark.parametrize(
    ("body", "marked", "message"),
    [
        ("a {% for x in y %}", "{% for x in y %}", "unknown tag `for`; tags are if, elsif, else, unless, case, when"),
        ("{% iff a %}", "{% iff a %}", "did you mean if?"),
        ("{% %}", "{% %}", "a tag without a name"),
        ("{{ a | upcas }}", "upcas", "filters are default, upcase, downcase, capitalize, date; did you mean upcase?"),
        ("Hi {{ name, ok", "{{", "never closed"),
        ("Hi {{ a and {{ b }}", "{{", "never closed"),
        ("Hi name }}", "}}", "closes nothing"),
        ("{{ }}", " ", "no name"),
        ("{{ 'x' }}", " 'x' ", "a fixed text needs no braces"),
        ("{{ (1..3) }}", " (1..3) ", "is not a name"),
        ("{{ a[0] }}", "a[0] ", "[ ] and ? are not used"),
        ("{{ a['b'] }}", "a['b'] ", "[ ] and ? are not used"),
        ("{{ first name }}", "name ", "a name has no spaces"),
        ('{{ a | default: "" }}', "default", "needs one text in quotes"),
        ("{{ a | default: b }}", "default", "needs one text in quotes"),
        ('{{ a | default: "x", allow_false: true }}', "default", "needs one text in quotes"),
        ('{{ a | upcase | default: "x" }}', "default", "must be the first filter"),
        ('{{ a | upcase: "x" }}', "upcase", "takes nothing behind it"),
        ('{{ a | date: "%s" }}', "date", "knows %d"),
        ("{% if a > 1 %}x{% endif %}", " a > 1 ", "values are texts"),
        ("{% if a == 1 %}x{% endif %}", " a == 1 ", "values are texts"),
        ("{% if a == b %}x{% endif %}", " a == b ", "values are texts"),
        ("{% if a %}x", "{% if a %}", "add {% endif %}"),
        ("{% if a %}x{% endunless %}{% endif %}", "{% endunless %}", "`endif` is due first"),
        ("{% else if a %}", "{% else if a %}", "another test is `elsif`"),
        ("{% if %}{% endif %}", "{% if %}", "needs something behind it"),
        ("{% else %}", "{% else %}", "stands outside if and unless and case"),
        ("{% if a %}{% else %}{% elsif b %}{% endif %}", "{% elsif b %}", "must come last"),
        ("{% case a %}x{% when 'b' %}{% endcase %}", "{% case a %}", "is never shown"),
        ("{% case a %}{% when 'b' %}{% when 'b' %}{% endcase %}", "{% when 'b' %}", "has a `when` already"),
        ("{% case a %}{% when b %}{% endcase %}", " b ", "write when"),
        ("{% case a %}{% endcase %}", "{% case a %}", "has no `when`"),
        ("{% raw %}x {% for", "{% raw %}", "add {% endraw %}"),
        ("{% comment %}x {% for %} {{", "{% comment %}", "add {% endcomment %}"),
        ("{{ a }} {{ a.b }}", "{{ a }}", "cannot stand beside `a.b`"),
        ('{{ a | default: "x" }} {{ a }}', "{{ a }}", "needs one here too"),
        ('{{ a | date: "%d" }} {{ a }}', "{{ a }}", "needs one here too"),
        ("{% if a %}" * 31 + "{% endif %}" * 31, "{% if a %}", "nest deeper than 30"),
        ("{% if a %}" * 900 + "{% endif %}" * 900, "{% if a %}", "nest deeper than 30"),
        ("{% tailor %}x", "{% tailor %}", "add {% endtailor %}"),
        ("x{% endtailor %}", "{% endtailor %}", "closes nothing"),
        ("{% tailor a %}x{% endtailor %}", "{% tailor a %}", "takes nothing behind it"),
        ("{% tailor %}{% tailor %}{% endtailor %}{% endtailor %}", "{% tailor %}", "stands inside `tailor`"),
        ("{% if a %}{% tailor %}x{% endif %}{% endtailor %}{% endif %}", "{% endif %}", "`endtailor` is due first"),
        ("{% tailr %}", "{% tailr %}", "did you mean tailor?"),
    ],
)
def test_faults_have_a_place_and_a_cure(body: str, marked: str, message: str) -> None:
    """Each fault is reported once, at its own place, in words that say how to mend it."""
    with pytest.raises(TemplateError) as caught:
        parse(body)
    (problem,) = caught.value.problems
    assert body[problem.start : problem.end] == marked
    assert message in problem.message


def test_all_faults_are_reported() -> None:
    """One reading names every fault of a body, in order."""
    with pytest.raises(TemplateError) as caught:
        parse("{{ a | x }} {% for %} {{ b | y }} {{")
    assert [each.start for each in caught.value.problems] == [7, 12, 29, 34]


def test_body_has_a_limit() -> None:
    """A body of more than 20,000 code points is refused, one of exactly that is read."""
    assert parse("é" * MAX_BODY).text
    with pytest.raises(TemplateError, match="at most 20000"):
        parse("é" * (MAX_BODY + 1))


def test_plain_text_leaves_liquid_alone() -> None:
    """Reading, rendering and trying a body without braces imports neither liquid nor babel."""
    program = (
        "import sys; from cannedkit.template.render import parse, render, sample_sets; t = parse('Hi { there }');"
        "render(t, {}); sample_sets(t, {}, 'en', {}); assert not {'liquid', 'babel'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_conflicts_name_both_sides() -> None:
    """A name that is also the start of a longer dotted name is paired with it; names that share letters are not."""
    assert conflicts(["a.b.c", "a", "ab", "a.b"]) == [("a", "a.b"), ("a", "a.b.c"), ("a.b", "a.b.c")]


# -- checking -----------------------------------------------------------------------------------

DECLARED = {
    "order.note": Variable("order.note", optional=True),
    "order.number": Variable("order.number", "order-id"),
    "day": Variable("day", "date"),
    "name": Variable("name", "name", optional=True, fallback={"en": "there"}),
}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{{ order.nubmer }}", "did you mean order.number?"),
        ("{% if order.nte %}{% endif %}", "did you mean order.note?"),
        ("{{ order.note }}", "optional: put this inside {% if order.note %}"),
        ("{% unless order.note %}{{ order.note }}{% endunless %}", "optional"),
        ("{% if order.note or order.number %}{{ order.note }}{% endif %}", "optional"),
        ("{{ facts.refund_day }}", "did you mean refund_days?"),
        ('{{ order.number | date: "%d" }}', "declare it as type: date"),
    ],
)
def test_misuse_of_variables_is_found(body: str, message: str) -> None:
    """Undeclared names, unguarded optional ones, unknown facts and dates that are none are each one problem."""
    (problem,) = check(parse(body), DECLARED, {"refund_days": "14"})
    assert message in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "{% if order.note %}{{ order.note }}{% endif %}",
        '{{ order.note | default: "none" }}',
        "{% if order.number and order.note %}{{ order.note }}{% endif %} {{ facts.refund_days }}",
        "{% unless order.note %}{{ order.number }}{% else %}{{ order.note }}{% endunless %}{{ name }}",
        '{{ day | date: "%-d %B" }}',
    ],
)
def test_right_use_of_variables_passes(body: str) -> None:
    """Guarded, defaulted and declared names are no problem."""
    assert check(parse(body), DECLARED, {"refund_days": "14"}) == ()


# -- rendering ----------------------------------------------------------------------------------


def test_a_missing_value_is_an_error_that_names_it() -> None:
    """A placeholder without a value, or with an empty one, never renders to nothing."""
    for values in ({}, {"a.name": ""}):
        with pytest.raises(TemplateError, match=r"`a\.name` has no value") as caught:
            render(parse("Hi {{ a.name }}"), values)
        assert (caught.value.start, caught.value.end) == (3, 15)


def test_values_are_not_read_as_templates() -> None:
    """Braces in a value stay text."""
    assert render(parse("{{ a }}"), {"a": "{{ b }}"}).text == "{{ b }}"


def test_output_has_a_limit() -> None:
    """More than 100,000 code points of output is an error at the placeholder that crosses it."""
    template = parse("{{ a }}{{ a }}")
    assert len(render(template, {"a": "x" * (MAX_OUTPUT // 2)}).text) == MAX_OUTPUT
    with pytest.raises(TemplateError, match="longer than 100000") as caught:
        render(template, {"a": "x" * (MAX_OUTPUT // 2 + 1)})
    assert caught.value.start == 7


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "Tue 3 March 2026 100%"), ("nl", "di 3 maart 2026 100%"), ("xx-YY", "Tue 3 March 2026 100%")],
)
def test_the_date_filter_speaks_the_language(locale: str, text: str) -> None:
    """Months and days that the date filter writes are in the language of the locale, English if that is unknown."""
    template = parse('{{ day | date: "%a %-d %B %Y 100%%" }}')
    assert render(template, {"day": "2026-03-03"}, locale).text == text
    assert render(template, {"day": "next week"}, locale).text == "next week"


def test_spans_map_back() -> None:
    """Spans in text, over values and at seams map to the body; insertions go beside the text they belong to."""
    body = "Hi {{ n }}, ok{% if n %} {{ n }}{{ m }}!{% endif %}"
    rendered = render(parse(body), {"n": "Ann", "m": "B"})
    assert rendered.text == "Hi Ann, ok AnnB!"
    assert rendered.filled == ((3, 6), (11, 14), (14, 15))
    assert rendered.to_body(0, 2) == (0, 2)
    assert rendered.to_body(4, 5) == (3, 10)
    assert rendered.to_body(1, 7) == (1, 11)
    assert rendered.to_body(8, 16) == (12, body.index("!") + 1)
    assert rendered.to_body(1, 1) == (1, 1)
    assert rendered.to_body(3, 3) == (3, 3)
    assert rendered.to_body(6, 6) == (10, 10)
    assert rendered.to_body(5, 5) == (10, 10)
    assert rendered.to_body(14, 14) == (body.index("{{ m"),) * 2
    assert rendered.to_body(16, 16) == (body.index("!") + 1,) * 2
    assert render(parse(""), {}).to_body(0, 0) == (0, 0)
    with pytest.raises(ValueError, match="not a span"):
        rendered.to_body(3, 17)


# -- sample sets --------------------------------------------------------------------------------

PLAN = Variable("plan", samples={"": ("free", "pro")})


def _sets(
    body: str, *variables: Variable, locale: str = "en", facts: Mapping[str, str] | None = None
) -> dict[str, str]:
    template = parse(body)
    sets = sample_sets(template, {each.name: each for each in variables}, locale, facts or {})
    return {each.name: render(template, each.values).text for each in sets}


def test_a_body_without_placeholders_has_one_set() -> None:
    """Plain text is tried once, as typical."""
    assert _sets("Got it.") == {"typical": "Got it."}


def test_the_longest_value_is_no_longer_than_a_text() -> None:
    """A limit of a hundred million characters makes no value of a hundred megabytes."""
    variables = {"name": Variable("name", samples={"": ("Ana",)}, max_length=99_999_999)}
    found = longest(parse("Hi {{ name }}"), variables, "en", {})
    assert (len(found["name"]), found["name"][:6]) == (100_000, "AnaAna")


def test_sets_are_typical_shortest_longest_and_fallback() -> None:
    """Declared samples give the first, shortest and longest values; a fallback shows as if the value were missing."""
    name = Variable("n", samples={"nl": ("Bas", "Bo", "Annemarijke")}, fallback={"nl": "daar"})
    assert _sets("Hoi {{ n }}", name, locale="nl-BE") == {
        "typical": "Hoi Bas",
        "shortest": "Hoi Bo",
        "longest": "Hoi Annemarijke",
        "fallback": "Hoi daar",
    }


def test_the_default_in_the_body_wins_over_the_declared_fallback() -> None:
    """The fallback set shows the default filter's text where there is one."""
    name = Variable("n", samples={"": ("Bas",)}, fallback={"": "customer"})
    assert _sets('Hi {{ n | default: "there" }}', name)["fallback"] == "Hi there"


def test_every_branch_is_shown_once() -> None:
    """Branches are reached by choosing compared texts and leaving values out; equal sets are merged."""
    body = '{% if plan == "team" %}T{% elsif plan == "pro" %}P{% else %}F{% endif %}{% if note %} {{ note }}{% endif %}'
    sets = _sets(body, PLAN, Variable("note", optional=True, samples={"": ("soon",)}))
    assert sets == {
        "typical": "F soon",
        "shortest": "P soon",
        'branch 1: if plan == "team"': "T soon",
        "branch 5: else of if note": "F",
    }


def test_nested_branches_and_cases_are_reached() -> None:
    """A branch inside a branch, each `when`, and the `else` of a case are all rendered in some set."""
    body = (
        '{% unless a %}{% if b contains "q" %}1{% else %}2{% endif %}{% endunless %}'
        '{% case plan %}{% when "free" %}3{% when "pro", "x" %}4{% else %}5{% endcase %}'
    )
    assert set("12345") == set("".join(_sets(body, PLAN, Variable("a", optional=True)).values()))


def test_samples_in_the_middle_are_tried() -> None:
    """Each sample that is neither the first nor the shortest nor the longest is shown once, the rest typical."""
    fruit = Variable("fruit", samples={"": ("table", "orange lamp", "mug", "very long wooden table")})
    count = Variable("count", samples={"": ("2", "1", "10")})
    sets = _sets("{{ count }} {{ fruit }}", fruit, count)
    assert sets == {
        "typical": "2 table",
        "shortest": "2 mug",
        "longest": "10 very long wooden table",
        "count: 1": "1 table",
        "count: 10": "10 table",
        "fruit: orange lamp": "2 orange lamp",
        "fruit: very long wooden table": "2 very long wooden table",
    }


def test_branches_that_leave_a_hole_are_shown() -> None:
    """What stands around an empty branch is rendered without it, for the rules about spaces and marks to see."""
    sets = _sets(
        "Hi {{ n }}, {% if note %}{{ note }}{% endif %}.", Variable("note", optional=True), Variable("n", "name")
    )
    assert "Hi Sam, ." in sets.values()


def test_facts_have_their_one_value() -> None:
    """A fact shows the same in every set, and a branch that the fact rules out has none."""
    body = '{{ facts.days }} {% if facts.days == "14" %}two weeks{% else %}other{% endif %} {{ n }}'
    assert all(text.startswith("14 two weeks") for text in _sets(body, facts={"days": "14"}).values())


def test_hostile_sets_come_last_and_always() -> None:
    """However many samples there are, the three hostile sets are among the twenty, each with all variables at once."""
    many = Variable("n", samples={"": tuple(f"sample {number}" for number in range(40))})
    variables = {"n": many, "amount": Variable("amount", "money"), "day": Variable("day", "date")}
    sets = sample_sets(parse("{{ n }} {{ amount }} {{ day }}"), variables, "en", {}, hostile=True)
    assert len(sets) == MAX_SETS
    assert [each.hostile for each in sets] == [False] * (MAX_SETS - 3) + [True] * 3
    assert [each.values["amount"] for each in sets[-3:]] == ["$999995.00", "-$25.00", "$00.00"]
    assert len({each.values["n"] for each in sets[-3:]}) == 3
    assert len({each.values["day"] for each in sets[-3:]}) == 1


def test_a_number_is_also_one_and_two() -> None:
    """1 and 2 are tried of each number that may be so, whatever its samples."""
    count = Variable("count", "number", samples={"": ("30",)}, max_length=3)
    assert _sets("{{ count }}", count) == {"typical": "30", "count: 1": "1", "count: 2": "2"}


def test_an_article_is_tried_with_both_sounds() -> None:
    """Behind "a" or "an" a text is tried that asks for the other one, in English, where the samples have none."""
    item = Variable("item", samples={"": ("lamp", "mug")})
    assert "a apple slicer" in _sets("a {{ item }}", item).values()
    assert "an Delta travel mug" in _sets("an {{ item }}", Variable("item", samples={"": ("oven",)})).values()
    assert "a apple slicer" not in _sets("a {{ item }}", item, locale="nl").values()
    assert "the apple slicer" not in _sets("the {{ item }}", item).values()


def test_the_longest_values_fill_max_length() -> None:
    """The longest text of a name is its longest sample over and over, up to max_length; else its longest stand-in."""
    variables = {
        "a": Variable("a", samples={"": ("lamp", "oven")}, max_length=10),
        "b": Variable("b", samples={"": ("x",)}, fallback={"": "there"}),
        "c": Variable("c", "date"),
        "d": Variable("d", samples={"": ("long enough",)}, max_length=4),
    }
    template = parse("{{ a }} {{ b }} {{ c | date: '%d' }} {{ d }} {{ e | default: 'somebody' }} {{ facts.days }}")
    assert longest(template, variables, "en", {"days": "10"}) == {
        "a": "lamplampla",
        "b": "there",
        "d": "long",
        "e": "Alpine weekend backpack",
        "facts.days": "10",
    }


def test_samples_keep_to_max_length() -> None:
    """No sample is longer than max_length; where all are, the shortest one is cut."""
    assert set(_sets("{{ n }}", Variable("n", samples={"": ("abc", "abcdef")}, max_length=3)).values()) == {"abc"}
    assert set(_sets("{{ n }}", Variable("n", samples={"": ("abc", "abcdef")}, max_length=2)).values()) == {"ab"}


def test_sets_have_a_limit() -> None:
    """A body of many branches is tried with at most 20 sets, the typical one first."""
    body = "".join(f"{{% if v{number} %}}x{{% endif %}}" for number in range(50))
    sets = _sets(body)
    assert len(sets) == MAX_SETS
    assert next(iter(sets)) == "typical"


@settings(max_examples=60, deadline=None)
@given(
    BODIES,
    st.sampled_from(sorted(TYPES)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["en", "nl", "th", "zh-Hant-TW"]),
    st.booleans(),
)
def test_sets_of_a_checked_body_always_render(
    body: str, type: str, optional: bool, fallback: bool, locale: str, hostile: bool
) -> None:
    """Whatever passes `check` renders with each of its sample sets, which are at most 20 and never alike."""
    stand_in = {"": "there"} if fallback else {}
    variables = {name: Variable(name, type, optional=optional, fallback=stand_in) for name in NAMES}
    template = parse(body)
    if check(template, variables, {}):
        return
    sets = sample_sets(template, variables, locale, {}, hostile=hostile)
    assert hostile or not any(each.hostile for each in sets)
    for each in sets:
        assert set(each.values) <= set(template.names)
        render(template, each.values, locale)
    assert 1 <= len(sets) <= MAX_SETS
    assert len({frozenset(each.values.items()) for each in sets}) == len(sets)


@pytest.mark.parametrize("values", [{"a": "Ana"}, {}])
def test_what_is_free_goes_out_as_if_it_were_not(values: dict[str, str]) -> None:
    """`tailor` changes nothing of what customers read; where it stands in the body is kept."""
    free = (
        "Hi.{%- tailor %} Thanks{% if a %}, {{ a }}{% endif %} {%- endtailor %}. "
        "{% if a %}{% tailor %}{% endtailor %}{% endif %}"
    )
    plain = "Hi. Thanks{% if a %}, {{ a }}{% endif %}. {% if a %}{% endif %}"
    read = parse(free)
    assert render(read, values).text == render(parse(plain), values).text
    assert [free[start:end] for start, end in read.free] == [" Thanks{% if a %}, {{ a }}{% endif %} ", ""]
