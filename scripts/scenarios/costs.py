"""No file and no text takes time or memory without a limit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise

from scripts.scenarios.run import Place, Scenario, Tries, refused, sound, told

_RULE = "extends: existence\nmessage: \"'%s'\"\nlevel: error\n"
_SLOW = "(a+)+$"
_TEXT = "It is awful. " + "a" * 40 + "!\n"

KINDS: Mapping[str, str] = {
    "existence": "tokens: [a, '[bc]']\nexceptions: [a b]\nnonword: true",
    "substitution": "swap: {a: b, '\\w b': c}\nexceptions: [b c]",
    "occurrence": "token: '\\w'\nmax: 1",
    "repetition": "tokens: ['[^\\s]+']\nalpha: true",
    "consistency": "either: {a: b}\nnonword: true",
    "conditional": "first: '\\b(a)\\b'\nsecond: '\\b(b)\\b: c'",
    "capitalization": "match: $title\nexceptions: [a, b c]\nstyle: AP",
    "sequence": "tokens: [{pattern: a}, {pattern: a, skip: 5}, {pattern: b}]\nexceptions: [a]",
    "readability": "metrics: [Flesch-Kincaid]\ngrade: 1",
    "metric": "formula: words\ncondition: '> 1'",
    "length": "count: words\nmax: 1",
    "tokens": "patterns: [[{LOWER: a, OP: '+'}, {OP: '*'}, {LOWER: b}]]",
    "weir": "expression: '[a, b]'\nafter: '\\w'",
    "known-facts": "facts: {issue: {known: [issue], told: [a], again: [a]}}",
    "meaning": "bad: [a1, a2, a3, a4, a5, a6, a7, a8, a9, a]\ngood: [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9]",
    "next-step": "triggers: [a]\nways: {x: [zz]}",
    "personal-data": "data: [card, phone, iban, email]",
    "promise": "commitments: [a]\nunless: [b]\nunlimited: [a]\nneeds: offer",
    "register": "forms: {x: [a], y: [b]}",
    "share": "of: [a]\nagainst: [b]\nmax: 1",
    "language": "min: 3",
}
"""A rule of each kind that finds something at every place."""


def recursive_patterns(place: Place) -> Tries:
    """A pattern that calls itself, which no time limit stops, is refused at its place."""
    for call in ("(?R)", "(?1)", "(?&a)", "(?P>a)"):
        for key in (f"tokens: ['(?P<a>x{call}?)']", f"tokens: [awful]\nexceptions: ['(?P<a>x{call}?)']"):
            root = place.new({"rules/Own/R.yml": f"{_RULE}{key}\n"})
            ran = place.run(root, "lint", "d.txt", "--format", "json")
            yield refused(ran, "rules/Own/R.yml", "no time limit stops", others=["Own.Awful"])


def slow_patterns(place: Place) -> Tries:
    """A pattern that tries each way to match stops after 0.25 s on a text, is an error, and the other rules look."""
    slow = f"'\\b{_SLOW}'"
    for rule in (
        *(f"existence\ntokens: [{slow}]", f"existence\ntokens: [awful]\nexceptions: [{slow}]\nnonword: true"),
        *(f"substitution\nswap: {{{slow}: b}}", f"occurrence\ntoken: {slow}\nmax: 1", f"repetition\ntokens: [{slow}]"),
        *(f"consistency\neither: {{{slow}: b}}\nnonword: true", f"conditional\nfirst: ({slow[1:-1]})\nsecond: (b)"),
        *(f"next-step\ntriggers: [{slow}]\nways: {{x: [z]}}", f"share\nof: [{slow}]\nagainst: [b]\nmax: 1"),
        *(f"register\nforms: {{x: [{slow}], y: [b]}}", f"promise\ncommitments: [{slow}]\nneeds: offer"),
        *(f"sequence\ntokens: [{{pattern: {slow}}}]", f"weir\nexpression: awful\nafter: {slow}"),
    ):
        root = place.new({"rules/Own/R.yml": f"extends: {rule}\nmessage: m\n", "d.txt": _TEXT})
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield sound(ran, None, 8) or ("" if "Own.Awful" in ran.rules else "the other rules did not look")


def slow_fixes(place: Place) -> Tries:
    """The pattern of a fix has the same limit: an error, and the other rules look."""
    for step in (f"[regex, '{_SLOW}', x]", "[[regex, '(a|a)*b', x], [upper]]", "[[upper], [regex, '(A|A)*$', x]]"):
        rule = f"{_RULE}nonword: true\ntokens: ['a+!']\naction: {{name: edit, params: {step}}}\n"
        root = place.new({"rules/Own/R.yml": rule, "d.txt": _TEXT})
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield sound(ran, None, 8) or ("" if "Own.Awful" in ran.rules else "the other rules did not look")


def large_patterns(place: Place) -> Tries:
    """Repetitions that the matcher would write out are counted before it does, alone and together."""
    many = ", ".join(f"'(?:x{{{{9000}}}}|awful|n{number})'" for number in range(300))
    for rule in (
        *(
            "tokens: ['a{99999999}']",
            "tokens: ['(?:a{1000}){1000}']",
            "tokens: ['(?<!(a+)+$){99999999}']",
            f"tokens: [{many}]",
        ),
        *("tokens: [awful]\nexceptions: ['(a?){99999999}']", "tokens: ['(?:(?=a){5000}){5000}']"),
    ):
        root = place.new({"rules/Own/R.yml": f"{_RULE}{rule}\n"})
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield refused(ran, "rules/Own/R.yml", "written out would add", others=["Own.Awful"], seconds=5)


def doubling_words(place: Place) -> Tries:
    """Lists of words that hold each other twice and twice again are refused before they are written out."""
    for depth, times in ((40, 2), (20, 3), (12, 9)):
        names = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(depth)]
        words = "\n".join(f"  {one}: ['{f'{{{other}}}' * times}']" for one, other in pairwise([*names, "end"]))
        rule = f"words:\n{words}\n  end: [x, y]\ncommitments: ['{{{names[0]}}}']\nneeds: offer\n"
        root = place.new({"rules/Own/R.yml": f"extends: promise\nmessage: '%s %s'\n{rule}"})
        ran = place.run(root, "lint", "d.txt", "--format", "json", most_bytes=300_000_000)
        yield refused(ran, "rules/Own/R.yml", others=["Own.Awful"], seconds=5)


def long_sequences(place: Place) -> Tries:
    """What a rule asks for many times over has a limit: words of a sequence, powers of a formula, numbers."""
    for rule in (
        *(
            "sequence\ntokens: [{pattern: a}, {pattern: b, skip: 99999999}]",
            "sequence\ntokens: [{pattern: a, min: 9999999}]",
        ),
        *(
            "metric\nformula: 'math.pow(9, 9999999999)'\ncondition: '> 1'",
            "metric\nformula: 'words'\ncondition: '> 1e999999'",
        ),
        *("tokens\npatterns: [[{LOWER: a, OP: '{1,99999999}'}]]", "occurrence\ntoken: a\nmax: 99999999999999999999"),
    ):
        root = place.new({"rules/Own/R.yml": f"extends: {rule}\nmessage: m\n", "d.txt": "It is awful. a a a\n"})
        ran = place.run(root, "lint", "d.txt", "--format", "json", most_bytes=300_000_000)
        yield sound(ran, None, 5) or ("" if "Own.Awful" in ran.rules else "the other rules did not look")


def slow_dictionaries(place: Place) -> Tries:
    """A dictionary's conditions, compounds and breaks are letters and flags: no word and no dictionary keeps a run busy."""
    spelling = "extends: spelling\nmessage: \"'%s'?\"\nlevel: error\ndictionaries: [own]\n"
    for affixes, words in (
        *(("COMPOUNDRULE 1\nCOMPOUNDRULE A*A*A*A*A*A*B", "a/AB\naa/AB"), ("SFX S Y 1\nSFX S 0 s (a+)+$", "a/S")),
        *(
            ("BREAK 3\nBREAK a\nBREAK aa\nBREAK -", "a\naa"),
            ("PFX P Y 1\nPFX P 0 a/P .\nSFX S Y 1\nSFX S 0 a/S .", "a/PS"),
        ),
        *(("ICONV 1\nICONV a aa", "a"), ("AF 1\nAF A\nSFX A Y 1\nSFX A a{99999999} b .", "a/1")),
    ):
        root = place.new({"rules/Own/R.yml": spelling, "d.txt": f"It is awful. {'a' * 250}z {'a-' * 120}z\n"})
        folder = root / "rules/config/dictionaries"
        folder.mkdir(parents=True)
        (folder / "own.aff").write_text(f"SET UTF-8\n{affixes}\n")
        (folder / "own.dic").write_text(f"9\n{words}\nIt\nis\nawful\n")
        ran = place.run(root, "lint", "d.txt", "--format", "json")
        yield sound(ran, None, 8) or ("" if "Own.Awful" in ran.rules else "the other rules did not look")


def slow_globs(place: Place) -> Tries:
    """A glob of a .vale.ini takes time that grows with its length and the path's alone, or is refused."""
    for glob in ("*a" * 25 + "b", "{a,{b,*}}" * 12 + "c", "**/" * 30 + "x", "[" * 3_000, "{" * 3_000, "?*" * 200 + "b"):
        ini = f"StylesPath = rules\n[{glob}]\nBasedOnStyles = Own\n[*]\nBasedOnStyles = Own\n"
        root = place.new({".vale.ini": ini, "a" * 120 + ".txt": "It is awful.\n"})
        yield sound(place.run(root, "lint", "--vale", ".vale.ini", "a" * 120 + ".txt"), None, 5)


def slow_ignores(place: Place) -> Tries:
    """What a .vale.ini leaves out by a pattern has the limits of a rule's pattern."""
    for key in (
        f"TokenIgnores = {_SLOW}",
        f"BlockIgnores = (?s)({_SLOW})",
        "TokenIgnores = a{99999999}",
        "TokenIgnores = (?R)",
    ):
        ini = f"StylesPath = rules\n[*]\nBasedOnStyles = Own\n{key}\n"
        root = place.new({".vale.ini": ini, "d.md": _TEXT})
        yield sound(place.run(root, "lint", "--vale", ".vale.ini", "d.md"), None, 8)


def many_slow_rules(place: Place) -> Tries:
    """All patterns that are not ours share a budget: what has spent it is off, is one error, and the run ends."""
    slow = {f"rules/Own/R{n}.yml": f"{_RULE}nonword: true\ntokens: ['a*a*a*a*[b{n}]']\n" for n in range(40)}
    drafts = {f"d{n}.txt": f"It is awful. {'a' * 3_000}\n" for n in range(2)}
    lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(drafts.values()))
    for command, stdin in (
        (("lint", *drafts, "--format", "json", "--time-limit", "1"), None),
        (("check", "--format", "json", "--time-limit", "1"), None),
        (("lint", "--jsonl"), lines.encode()),
    ):
        root = place.new({**slow, **drafts, "responses/own.yaml": f"a: It is awful. {'a' * 3_000}\n"})
        ran = place.run(root, *command, stdin=stdin)
        yield sound(ran, None, 15) or ("" if "Own.Awful" in ran.out else "the quick rule did not look")


def slow_vocabulary(place: Place) -> Tries:
    """Patterns among accepted and rejected words have the limits of a rule's."""
    for key in (f"accept: ['{_SLOW}']", f"reject: ['{_SLOW}']", "accept: ['a{99999999}']", "reject: ['(?R)a']"):
        settings = f"packs: [Own]\nengines: {{}}\nvocabulary: {{{key}}}\n"
        root = place.new({"cannedkit.yaml": settings, "d.txt": _TEXT})
        yield sound(place.run(root, "lint", "d.txt"), None, 8)


def texts_that_repeat(place: Place) -> Tries:
    """A rule of any kind that finds something everywhere takes time that grows with the text alone: 20,000 characters."""
    for kind, options in KINDS.items():
        rule = f"extends: {kind}\nmessage: \"'%s'\"\n{options}\n"
        settings = "packs: [Own]\nengines: {harper: {}}\n" if kind == "weir" else "packs: [Own]\nengines: {}\n"
        units = ("a", "a b ", "A b. ", "a, “")
        files = {f"{n}.txt": (unit * 20_000)[:20_000] for n, unit in enumerate(units)}
        root = place.new({"cannedkit.yaml": settings, "rules/Own/R.yml": rule, **files})
        ran = [place.run(root, "lint", name, "--format", "json") for name in files]
        yield "; ".join(filter(None, (sound(one, None, 5) for one in ran)))


def texts_for_shipped_rules(place: Place) -> Tries:
    """What is shipped, Harper too, reads a draft of 100,000 characters made to cost much in some seconds."""
    for unit in (
        "a",
        "a ",
        "a. ",
        "a.",
        "1,",
        "$1 ",
        "very ",
        '" ',
        "@",
        "https://a.b ",
        "we will refund you $5 by Friday ",
        "\n",
        "😀",
        "é ",
    ):
        root = place.new({"d.txt": (unit * 100_000)[:100_000]}, without=["cannedkit.yaml"])
        (root / "rules/Own/Awful.yml").unlink()
        # 40 s, for a slow machine took 16 to 29 of them; what grows faster than the text takes minutes
        yield sound(place.run(root, "lint", "d.txt", "--locale", "en", "--format", "json"), None, 40)


def markdown_that_nests(place: Place) -> Tries:
    """Markdown that nests or opens and never closes is read in some seconds: 50,000 characters."""
    for unit in ("[", "![", "> ", "`", "*a ", "- ", "<a ", "](", "[a](", "**", "\\[", "| a ", "&#"):
        root = place.new({"d.md": (unit * 50_000)[:50_000] + "\n\nawful\n"})
        yield sound(place.run(root, "lint", "d.md", "--format", "json"), None, 20)


def templates_that_grow(place: Place) -> Tries:
    """Tags in tags, and bodies that values make long, end at a limit with an error at their place."""
    huge = "{{ facts.x }}" * 1_500
    for files in (
        {"responses/own.yaml": f"a: |\n  {'{% if a %}' * 900}x{'{% endif %}' * 900}\n"},
        {"responses/own.yaml": f"a: '{huge}'\n", "facts.yaml": f"x: '{'y' * 5_000}'\n"},
        {"responses/own.yaml": f"a: '{'{{ b' * 5_000}'\n"},
        {"responses/own.yaml": f"a: '{'x' * 30_000}'\n"},
    ):
        settings = "packs: [Own]\nengines: {}\n" + "facts: facts.yaml\n" * ("facts.yaml" in files)
        root = place.new({"cannedkit.yaml": settings, **files})
        yield told(place.run(root, "check", "--format", "json"), seconds=10)


def yaml_that_grows(place: Place) -> Tries:
    """YAML makes no more than stands there: anchors are refused, nesting and size have limits."""
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for text in (
        laughs,
        f"a: {'[' * 3_000}{']' * 3_000}\n",
        "a: " + "{b: " * 3_000 + "}" * 3_000 + "\n",
        "a: b\n" * 1_500_000,
    ):
        root = place.new({"responses/b.yaml": text})
        yield refused(
            place.run(root, "check", "--format", "json"), "responses/b.yaml", others=["Own.Awful"], seconds=15
        )


def lines_without_end(place: Place) -> Tries:
    """A line of JSON that is too long or nested too deeply has an answer that says so; those around it have theirs."""
    good = b'{"id": 1, "text": "It is awful."}\n'
    for line in (
        b'{"text": "' + b"a" * 3_000_000,
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"id": ' + b"9" * 500_000 + b"}",
        b'{"text": "x", "id": 1e400}',
    ):
        ran = place.run(place.new(), "lint", "--jsonl", stdin=good + line + b"\n" + good, most_bytes=300_000_000)
        answers = [json.loads(one) for one in ran.out.splitlines()]
        whole = [bool(one.get("findings")) for one in answers] == [True, False, True] and "error" in answers[1]
        yield sound(ran, 2, 10) or ("" if whole else f"the answers are {ran.out[:200]!r}")


def names_without_end(place: Place) -> Tries:
    """A name of a hundred thousand characters or parts is a fault at its place like a short one."""
    for name in ("a." * 80_000 + "a", "a" * 200_000, "a/" * 100_000, "." * 100_000):
        for file in ("responses/b.yaml", "responses/variables.yaml", "facts.yaml"):
            settings = "packs: [Own]\nengines: {}\n" + "facts: facts.yaml\n" * (file[0] == "f")
            ran = place.run(
                place.new({"cannedkit.yaml": settings, file: f"? {name}\n: x\n"}), "check", "--format", "json"
            )
            yield sound(ran, None, 5)


def many_files(place: Place) -> Tries:
    """Nothing takes a square of the number of files, replies or keys."""
    for files in (
        {f"responses/r{n}.yaml": "a: It is awful.\n" for n in range(400)},
        {"responses/own.yaml": "".join(f"a{n}: Fine.\n" for n in range(4_000))},
        {
            "cannedkit.yaml": "packs: [Own]\nengines: {}\nlevels:\n"
            + "".join(f"  Own.R{n}: error\n" for n in range(4_000))
        },
    ):
        root = place.new(files)
        yield sound(place.run(root, "check", "--format", "json"), None, 20)


SCENARIOS: Mapping[str, Scenario] = {
    "patterns that call themselves": recursive_patterns,
    "patterns that try each way to match": slow_patterns,
    "such patterns in fixes": slow_fixes,
    "patterns that are large once written out": large_patterns,
    "lists of words that double": doubling_words,
    "sequences, powers and numbers": long_sequences,
    "dictionaries that search long": slow_dictionaries,
    "globs of a .vale.ini": slow_globs,
    "ignores of a .vale.ini": slow_ignores,
    "many slow rules": many_slow_rules,
    "patterns in a vocabulary": slow_vocabulary,
    "texts that repeat, for a rule of each kind": texts_that_repeat,
    "texts that repeat, for what is shipped": texts_for_shipped_rules,
    "Markdown that nests": markdown_that_nests,
    "templates that nest or grow": templates_that_grow,
    "YAML that nests or grows": yaml_that_grows,
    "lines of JSON without an end": lines_without_end,
    "names without an end": names_without_end,
    "many files, replies and keys": many_files,
}
"""Attack -> what tries it; its docstring says what holds."""
