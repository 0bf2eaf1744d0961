"""What inputs are written by: one grammar a target, the forms that its reader knows and those next to them."""

from __future__ import annotations

from scripts.fuzz.inputs import Grammar

_TEXT: Grammar = {
    "word": (
        *("a", "we", "refund", "Unfortunately", "recieve", "you’ll", "e.g.", "U.S.", "SMS", "1st", "$5.00", "€1.249,00"),
        *("4111 1111 1111 1111", "07700 900123", "GB82WEST12345698765432", "a@b.c", "https://a.b/c?d=e#f", "10:30"),
        *("2026-01-01", "😀", "👩‍👩‍👧", "ไม่เป็นไร", "క్షమించండి", "你好", "مرحبا", "É", "e\u0301", "\u00ad", "\u202e", "\x1b[31m", "x" * 90),
    ),
    "gap": (" ", " ", " ", " ", "  ", "\n", "\n\n", ", ", ". ", "! ", "? ", ": ", " — ", "…", "\t", "\u00a0", ""),
    "text": ("«word»", "«word»«gap»«text»", "«word»«gap»«text»", "«word»«gap»«text»", "«word» «word» «word».«gap»«text»"),
    "name": ("a", "a.b", "customer.first_name", "refund.amount", "facts.days", "facts.help", "order.id", "a.b.c.d", "İ", ""),
    "number": ("1", "0", "2", "14", "160", "-1", "3.5", "1e3", "1e999", "99999999", "０", "x", ""),
    "locale": ("en", "nl", "th", "en-GB", "nl-BE", "de", "te", "zh-Hant-TW", "xx", "EN", "en_GB", ""),
    "channel": ("chat", "sms", "email", "any", "fax", "body", ""),
    "day": ("2026-12-31", "2024-02-29", "2026-02-30", "0000-01-01", "99999-01-01", "31 December", ""),
}  # fmt: skip

_PATTERN: Grammar = {
    "atom": (
        *("a", "b", "refund", ".", "é", "ß", " ", "\\b", "\\w", "\\d", "\\s", "\\p{L}", "\\P{Lu}", "\\x{41}", "\\x41", "\\u00e9"),
        *("\\Q(\\E", "\\z", "\\Z", "\\A", "\\G", "\\R", "\\X", "\\N{DIGIT ONE}", "\\1", "\\g<1>", "(?R)", "(?1)", "(?&a)", "^", "$"),
        *("[a-z]", "[^a]", "[[:alpha:]]", "[a&&b]", "[\\w--a]", "[]a]", "[", "]", "(", ")", "\\", "{amount}", "[z-a]"),
    ),
    "times": ("", "", "", "*", "+", "?", "*?", "++", "{2}", "{2,}", "{,3}", "{3,2}", "{99999999}", "{0}", "{1,5}+", "**"),
    "open": ("(", "(?:", "(?P<a>", "(?<a>", "(?i:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?|", "(?s-i:", "(?e)(", "(?:(?#c)"),
    "pattern": (
        *("«atom»", "«atom»«times»", "«atom»«times»«pattern»", "«open»«pattern»)«times»", "«pattern»|«pattern»"),
        *("(?i)«pattern»", "«open»«pattern»)«times»«pattern»", "(a+)+$", "(a|a)*b", "(\\w+\\s?)*$", "(?:a{1,30}){1,30}b"),
    ),
}  # fmt: skip

_LIQUID: Grammar = {
    **_TEXT,
    "filter": (
        *("", "", " | upcase", " | downcase", " | capitalize", ' | default: "«word»"', ' | date: "%e %B %Y"'),
        *(" | date: '%J%-d%'", " | default:", " | escape", " | upcase: 1", " |", " | default: «name»"),
    ),
    "test": (
        *("«name»", '«name» == "«word»"', "«name» != nil", "«name» > «number»", "not «name»", "«name» contains 'a'", ""),
        *("«name» and «name»", "«name» or «name» == blank", "«name» == «name»"),
    ),
    "liquid": (
        *("«text»", "{{ «name»«filter» }}", "{{ «name»«filter»«filter» }}", "{{-«name»-}}", "«text» {{ «name» }}«liquid»"),
        *("{% if «test» %}«liquid»{% endif %}", "{% if «test» %}«liquid»{% elsif «test» %}«liquid»{% else %}«liquid»{% endif %}"),
        *("{%- unless «test» -%}«liquid»{%- endunless -%}", "{% case «name» %}{% when 'a', \"b\" %}«liquid»{% else %}«liquid»{% endcase %}"),
        *("{% raw %}{{ «text»{% endraw %}", "{% comment %}«liquid»{% endcomment %}", "{% for x in «name» %}«liquid»{% endfor %}"),
        *("{% assign a = «number» %}", "{{", "}}", "{%", "%}", "{{ «liquid» }}", "{% if «test» %}«liquid»", "«liquid»«liquid»"),
    ),
}  # fmt: skip

_YAML: Grammar = {
    **_LIQUID,
    "quoted": ('"«liquid»"', "'«liquid»'", "«liquid»", '"\\x41\\u00e9\\ud83d\\n«text»"', "| # c\n      «liquid»\n", ">-\n      «liquid»\n"),
    "value": (
        *("«quoted»", "«quoted»", "«text»", "«number»", "«day»", "true", "[«word», «word»]", "{«locale»: «quoted»}", "", "null", "*a"),
        *("{a: {b: [«value»]}}", "&a «text»", "!!str a", "«text» # «text»"),
    ),
}  # fmt: skip

RESPONSES: Grammar = {
    **_YAML,
    "start": ("«name»:\n«fields»", "«word»: «quoted»\n", "a: «quoted»\n«start»", "a:\n«fields»b:\n«fields»", "«value»"),
    "fields": ("  body: «body»\n", "  body: «body»\n«field»", "«field»«fields»", "«field»  body: «body»\n"),
    "body": (
        *("«quoted»", "«quoted»", "[«quoted», «quoted»]", "\n    «locale»: «quoted»\n    «locale»: «quoted»"),
        *("\n    «channel»: «quoted»\n    «channel»: {subject: «quoted», body: «quoted»}", "\n    en:\n      any: «quoted»\n      sms: «quoted»"),
        *("\n    - «quoted»\n    - «quoted»", "{en: [«quoted», «quoted»], nl: {any: «quoted»}}"),
    ),
    "field": (
        *("  title: «value»\n", "  shortcut: «word»\n", "  tags: «value»\n", "  examples: [«text», «quoted»]\n", "  mood: upset\n"),
        *("  requires: [«word»]\n", "  channels: [«channel», «channel»]\n", "  channels: «value»\n", "  offer: late\n", "  owner: «word»\n"),
        *("  status: retired\n", "  replaced_by: «word»\n", "  review_by: «day»\n", "  format: markdown\n", "  x-any: «value»\n"),
        *("  waivers: [{rule: Own.Awful, why: «word», by: «word», until: «day»}]\n", "  waivers: «value»\n", "  «word»: «value»\n"),
        *("  variables: {«name»: {type: «type», samples: [«quoted»], optional: true, max_length: «number»}}\n", "  variables: «value»\n"),
    ),
    "type": ("text", "name", "money", "date", "number", "email", "url", "phone", "order-id", "x"),
}  # fmt: skip

VARIABLES: Grammar = {
    **_YAML,
    "start": ("«name»: {«option»}\n", "«name»: {«option», «option»}\n«start»", "«name»:\n  «option»\n«start»", "«name»: «value»\n", "«value»"),
    "option": (
        *("type: «type»", "samples: [«quoted», «word»]", "samples: {«locale»: [«word»]}", "fallback: «quoted»", "optional: true"),
        *("fallback: {«locale»: «word», «locale»: «quoted»}", "max_length: «number»", "«word»: «value»", "samples: «value»", "type: «value»"),
    ),
    "type": RESPONSES["type"],
}  # fmt: skip

RULES: Grammar = {
    **_YAML,
    **_PATTERN,
    "start": ("extends: «kind»\nmessage: «message»\n«options»",),
    "message": ("m", "\"'%s' is '%s'\"", "'%s'", "'%d %[2]s %'", '"\\n::error::x"', "«value»"),
    "kind": (
        "existence\ntokens: «patterns»",
        "existence\nraw: «patterns»\nnonword: true",
        "existence\nwords: {a: «patterns»}\ntokens: ['{a} x', '{b}']\nunless: «patterns»",
        "abbreviation\nknown: [«word», «word»]",
        "untold\ntokens: ['(\\p{Lu}\\w+)’s a']\ntitles: [«word»]\nunless: «patterns»",
        "existence\ntokens: «patterns»\nexceptions: «patterns»\nignorecase: true\naction: «action»",
        "substitution\nswap: {«single»: «single», «single»: «single»}\naction: {name: replace}\nignorecase: «flag»",
        "substitution\nswap:\n  «single»: «single»|«single»\nexceptions: «patterns»\npos: «single»",
        "occurrence\ntoken: «single»\nmax: «number»\nmin: «number»",
        "repetition\nalpha: «flag»\ntokens: «patterns»\nignorecase: «flag»",
        "consistency\neither: {«single»: «single»}\nnonword: «flag»",
        "conditional\nfirst: «single»\nsecond: «single»\nexceptions: «patterns»",
        "capitalization\nmatch: «case»\nstyle: AP\nexceptions: [«word», «single»]\nthreshold: «number»\nindicators: [':']\nprefix: «single»",
        "metric\nformula: «formula»\ncondition: '«condition»'",
        "readability\nmetrics: [«metric», «metric»]\ngrade: «number»",
        "spelling\ndictionaries: [own]\nfilters: «patterns»\nignore: [words.txt, «word»]\ncustom: «flag»\nsplit: «flag»",
        "spelling\ndicpath: «value»\naff: own.aff\ndic: own.dic\naction: {name: suggest, params: [spellings]}",
        "sequence\ntokens:\n  - pattern: «single»\n  - {pattern: «single», skip: «number», negate: «flag»}\n  - {tag: NN|VB, min: «number»}",
        "sequence\ntokens: [{pattern: «single», target: true}, {upos: NOUN}, {pattern: «single», skip: «number»}]",
        "script\nscript: «value»",
        "length\ncount: «count»\nmax: «number»",
        "length\ncount: «count»\nmax: {«channel»: «number», any: «number»}",
        "tokens\npatterns: [[«token», «token»], [«token»]]\nmark: «number»\nswap: {«single»: «word»}",
        "tokens\npatterns: [[«token», «token», «token»]]\nmark: [«number», «number»]\naction: «action»",
        "weir\nexpression: '«weir»'\nafter: «single»\nbefore: «single»",
        "weir\nexpression: ['«weir»', '«weir»']\nbecomes: «becomes»",
        "known-facts\nfacts: {issue: {known: [issue], told: «patterns», again: «patterns»}}\nothers: «patterns»",
        "meaning\nbad: «patterns»\ngood: «patterns»\nalarms: «number»\nunless: «patterns»",
        "next-step\ntriggers: «patterns»\nways: {a: «patterns», b: «patterns»}\nturns: «number»",
        "personal-data\ndata: [card, iban, phone, «word»]\nnear: «patterns»\nallow: «patterns»",
        "personal-data\nasks: «patterns»\nunless: «patterns»",
        "promise\ncommitments: «patterns»\nunless: «patterns»\nunlimited: «patterns»\nneeds: offer",
        "register\nforms: {du: «patterns», u: «patterns»}\nform: du\nrequired_from: «number»",
        "share\nof: «patterns»\nagainst: «patterns»\nmax: «number»\nleast: «number»",
        "language\nmin: «number»",
        "dialect",
        "answer\nasked: «patterns»\ntells: «patterns»\nunless: «patterns»\nidle: «patterns»\nwords: {a: «patterns»}",
        "forms\nfind:\n  - pattern: '«formed»'\n    write: «single»",
        "forms\nfind: [{pattern: '«formed» «formed»', write: ['$1:«word»', «single»]}, «value»]",
        "«word»\ntokens: «value»",
        "Own.Awful\ntokens: «patterns»",
        "Own.R",
    ),
    "formed": (
        *("[<third -first -noun>]", "ik [<first>] ( <stop> | <pause> )", "^ !( ... ik|we ) ( <-stop> )** [<noun|nouns>]", "( als | «word» )* [<«word»>]"),
        *("[<misthird>]", "<adv>? «word»|«word» _ <mark>", "( ( ( «formed» )** )* )+", "[", "<", "<-«word»", "!", "( «formed» | «formed»", "«value»"),
    ),
    "flag": ("true", "false", "yes", "1", ""),
    "single": ("'«pattern»'", "'«pattern»'", "'«word»'", '"\\\\b«word»"', "«word»"),
    "patterns": ("[«single»]", "[«single», «single»]", "\n  - «single»\n  - «single»", "'«pattern»'", "[]", "«value»"),
    "action": (
        *("{name: remove}", "{name: replace, params: [«single», '$1', '${2}']}", "{name: convert, params: [simple]}", "«value»"),
        *("{name: edit, params: [[«edit»]]}", "{name: edit, params: [«edit»]}", "{name: suggest, params: [spellings]}"),
    ),
    "edit": (
        *("regex, «single», '$1'", "replace, «single», «single»", "split, ' ', «number»", "truncate, «single»", "trim, a"),
        *("upper", "title", "pascal", "squeeze", "words", "wrap, '*'", "smart", "ascii", "«word»"),
    ),
    "case": ("$title", "$sentence", "$lower", "$upper", "'«pattern»'", "«value»"),
    "count": ("words", "characters", "sentences", "segments", "«word»"),
    "metric": ("Flesch-Kincaid", "SMOG", "Gunning Fog", "Coleman-Liau", "Automated Readability", "«word»"),
    "condition": ("> 3", "< «number»", "== 0 && 1 > 0", "", "> 1 || !(2)", "> words"),
    "formula": ("words", "words", "(words / sentences)", "«formula» * «formula»", "math.pow(9, 9)", "pow(«formula», 99999)", "1 % 0", "«formula» + 9e999", "-«formula»", "«text»", "exp(exp(9))"),
    "token": (
        *("{LOWER: «word»}", "{TEXT: {REGEX: «single»}}", "{LOWER: {IN: [a, b]}, OP: '+'}", "{IS_DIGIT: true, OP: '*'}", "{}"),
        *("{OP: '{2,9}'}", "{LEMMA: {REGEX: «single»}}", "{LOWER: {FUZZY: refund}}", "{LENGTH: {'>=': «number»}}", "{POS: NOUN}", "«value»"),
    ),
    "weir": (
        *("a", "refund", "(a «weir»)", "[a, «weir»]", "«weir» «weir»", "NOUN", "DET", "<clause>", "<end>", "!«weir»", "$a", "^«word»"),
        *("* «weir»", "@«word»", "~«word»", "<«weir»>", "(", "]", "#", "«word»", "VERB|NOUN", "'", "_ «weir»", "%", "ADJ «weir» NOUN"),
    ),
    "becomes": ("[a, b]", "'{text}'", "{past>base: '{first} {rest}'}", "'{a} {plural}{singular}{Last}'", "'{nothing}'", "«value»"),
    "options": ("", "", "«option»\n«options»", "«option»\n«options»"),
    "option": (
        *("level: «level»", "scope: [«scope», «scope»]", "scope: «scope»&~«scope»", "limit: «number»", "why: «text»", "lemma: true"),
        *("where: {«where»}", "where: {«where», «where»}", "bad: [«quoted», '[[a]] b']", "good: [«text», {text: «quoted», mood: upset}]"),
        *("bad:\n  - {text: '«text»', known: [issue], history: [{customer: «quoted»}]}\n  - '«text» [[]] \\[[ [[«word»]]'", "tests: «value»"),
        *("words: {amount: [«single»]}", "vocab: «flag»", "nonword: «flag»", "append: «flag»", "«word»: «value»", "link: «text»"),
    ),
    "level": ("error", "warning", "suggestion", "off", "«word»"),
    "scope": ("text", "sentence", "paragraph", "heading", "heading.h2", "list", "raw", "alt", "code", "summary", "«word»"),
    "where": (
        *("channel: «channel»", "locale: «locale»", "mood: [upset, angry]", "known: {not: issue}", "topic: «word»"),
        *("status: draft", "mood: «word»", "locale: {not: [«locale», «locale»]}", "channel: «value»", "«word»: «value»"),
    ),
}  # fmt: skip

SETTINGS: Grammar = {
    **_YAML,
    **{key: RULES[key] for key in ("level", "single")},
    **_PATTERN,
    "start": ("«key»\n", "«key»\n«key»\n", "locale: «locale»\nlocales: [en, «locale»]\n«start»", "«key»\n«start»", "«value»"),
    "key": (
        *("catalogue: «path»", "rules: «path»", "packs: [Own]", "packs: [Own, «word»]", "packs: «value»", "locale: «locale»"),
        *("locales: [«locale», «locale»]", "channels: {«channel»: {}, sms: {max_segments: «number»}}", "channels: {«word»: {max_words: «number»}}"),
        *("engines: {}", "engines: {harper: {}, «word»: {}}", "engines: {hunspell: {dictionaries: {«locale»: «path»}}}", "engines: «value»"),
        *("engines: {languagetool: {url: '«word»'}}", "engines: {languagetool: {url: 'http://127.0.0.1:1'}}", "pipelines: {«locale»: «path»}"),
        *("levels: {Own.Awful: «level», Own: «level», 'Own.*': «level», «rule»: «level»}", "levels: «value»", "fail_on: «level»"),
        *("vocabulary: {accept: [«word»], reject: [«word», «single»]}", "facts: «path»", "offers: «path»", "approval: required"),
        *("«word»: «value»", "x-«word»: «value»", "facts: facts.yaml\noffers: offers.yaml", "approval: «value»", "usage: «path»"),
    ),
    "rule": ("Harper.*", "*", "Own.R", "Care", "Nobody.*", "O*", "Own.[", "«word»"),
    "path": ("rules", "responses", "facts.yaml", "own", "../own", "/etc/passwd", "/dev/zero", "link", "fifo", "a\\0b", "x" * 300, "«value»"),
}  # fmt: skip

FACTS: Grammar = {
    **_YAML,
    "start": ("«facts»%%%\n«offers»",),
    "facts": ("«name»: «fact»\n", "«name»: «fact»\n«facts»", "", "«value»"),
    "fact": ("«value»", "{value: «quoted», owner: «word», until: «day»}", "{value: {«locale»: «quoted»}}", "{«word»: «value»}", "{until: «value»}"),
    "offers": ("«name»: «offer»\n", "«name»: «offer»\n«offers»", "", "«value»"),
    "offer": ("{kind: credit, max: €10.00, condition: «word», until: «day»}", "{kind: «value»}", "{max: «value», until: «day»}", "«value»"),
}  # fmt: skip

DRAFTS: Grammar = {
    **_TEXT,
    "start": ("«tag» «form» «engine»\n«body»",),
    "tag": ("en", "en", "en-GB", "nl", "th", "te", "de", "fr", "xx"),
    "form": ("text", "markdown"),
    "engine": (*("rules",) * 19, "harper"),
    "body": ("«text»", "«block»", "«block»\n\n«body»", "«block»\n«body»"),
    "block": (
        *("«text»", "# «text»", "## «text»\n===", "- «text»\n- «text»\n  - «inline»", "1. «inline»\n2) «text»", "> «inline»\n>> «text»", "| a | «inline» |\n|---|:-:|\n| «text» | b |"),
        *("```py\n«text»\n```", "    «text»", "<div>«inline»", "<!-- «text» -->", "---\ntitle: «text»\n---", "[a]: http://a.b '«word»'", "«inline»", "***"),
    ),
    "inline": (
        *("«text»", "*«inline»*", "**«inline»**", "_«text»", "`«text»`", "[«inline»](«word» 'a')", "![«text»](a)", "<b>«inline»</b>", "~~«text»~~", "&amp;&#0;&#x110000;"),
        *("«inline»«gap»«inline»", "\\*«text»\\", "<http://a.b>", "[«text»][a]", "{{ «name» }}", "<br/>«inline»", "<a href='«word»'>«text»"),
    ),
}  # fmt: skip

_JSON: Grammar = {
    **_TEXT,
    "string": ('"«text»"', '"«word»"', '"\\ud83d\\ude00 «word»"', '"\\ud800"', '"\\u0000\\n"', '"«name»"', '"', "«word»"),
    "json": (
        *("«string»", "«string»", "«number»", "true", "null", "NaN", "-Infinity", "[«json», «json»]", "{«string»: «json»}", "[]", "{}", "1e400", "-0"),
        *('{"a": «json», "a": «json»}', "[[«json»]]", "1.5", "99999999999999999999999999"),
    ),
}  # fmt: skip

LINES: Grammar = {
    **_JSON,
    "start": ("«line»\n", "«line»\n«start»", "«line»"),
    "line": ('{"id": «json», "text": «string»}', '{"id": 1, "text": «string», «key»}', '{"text": «string», «key», «key»}', "{«key»}", "«json»", ""),
    "key": (
        *('"locale": "«locale»"', '"channel": "«channel»"', '"mood": "upset"', '"mood": «json»', '"known": [«string»]', '"known": «json»'),
        *('"history": [{"by": "agent", "text": «string»}]', '"history": [{"by": «json», "text": «json», "at": «json»}]', '"history": «json»'),
        *('"topic": «json»', '"status": «json»', "«string»: «json»", '"locale": «json»', '"text": «json»', '"id": «json»'),
    ),
}  # fmt: skip

ANSWERS: Grammar = {
    **_JSON,
    "start": ('{"software": «software», "language": «language», "matches": [«match»]«more»}', '{"language": «language», "matches": [«match», «match»]}', "[«code», «code»]", "«json»"),
    "software": ('{"name": "LanguageTool", "version": "6.5"}', '{"version": «json»}', "«json»"),
    "language": ('{"name": "English", "code": "en-GB"}', '{"code": "en-GB"}', '{"code": «json»}', "«json»"),
    "code": ('{"name": "English", "code": "en", "longCode": "en-GB"}', '{"code": «json»}', "«json»"),
    "more": ("", "", ', "warnings": {"incompleteResults": «json»}', ', "error": «json»', ', "warnings": «json»', ', «string»: «json»'),
    "match": (
        *('{"message": «string», "offset": «number», "length": «number», "replacements": [{"value": «string»}], "rule": «rule»}',) * 3,
        *('{"message": "m", "offset": «json», "length": «json», "replacements": «json», "rule": «rule», "type": {"typeName": «json»}}', "«json»"),
    ),
    "rule": ('{"id": "RULE_A", "category": {"id": "TYPOS"}, "issueType": "misspelling"}',) * 2 + ('{"id": «string», "category": {"id": «json»}, "issueType": «json»}', "«json»"),
}  # fmt: skip

INI: Grammar = {
    **_TEXT,
    **_PATTERN,
    "start": ("«core»[*]\nBasedOnStyles = Own\n«sections»", "«core»«sections»", "StylesPath = styles\nMinAlertLevel = «level»\n[*.md]\n«keys»", "«sections»"),
    "core": ("", "StylesPath = styles\n", "StylesPath = styles\nVocab = «style»\n", "StylesPath = «path»\n«core»", "IgnoredScopes = a, «word»\n«core»", "SkippedScopes = «word»\n«core»", "«keys»"),
    "path": ("styles", "../styles", "/etc", "link", "«word»", ""),
    "style": ("Own", "Vale", "Own, Vale", "Base", "«word»", "../Own", ""),
    "level": ("suggestion", "warning", "error", "YES", "NO", "UNSET", "off", "«word»"),
    "sections": ("", "[«glob»]\n«keys»«sections»", "[formats]\nmdx = md\n«word» = «word»\n", "[«glob»]\n«keys»"),
    "glob": ("*", "*.md", "*.{md,txt}", "**/*.md", "!*.md", "[ab].md", "[!a]*", "*" * 30 + "a", "{a,{b,«glob»}}", "[", "{", "«glob»«glob»", "«word»", "[]a]", "[^", "[z-a]"),
    "keys": ("", "«key»\n«keys»", "«key»\n«keys»"),
    "key": (
        *("BasedOnStyles = «style»", "Own.Awful = «level»", "Vale.«word» = «level»", "Own.Awful[tokens] = «word»", "Own.Awful[«word»] = «pattern»", "Own.Awful[level] = error"),
        *("TokenIgnores = «pattern», «pattern»", "BlockIgnores = (?s) *(«pattern»)", "CommentDelimiters = a, b", "View = a", "Transform = a.xsl", "Lang = «word»", "Vocab = «style»"),
        *("«word» = «text»", "«word»", "= a", "; c", "# «word»", "a = b \\\n c", "a = `b`", "a: 'b'", "MinAlertLevel = «level»", "Packages = http://a.b/c.zip"),
    ),
}  # fmt: skip

TEMPLATES: Grammar = {
    **_LIQUID,
    "start": ("«liquid»%%%\n«given»",),
    "given": ("", "«name»=«kind» «text»\n«given»", "«name»=«kind» «number»\n«given»", "«name»=str «liquid»\n«given»"),
    "kind": ("str", "int", "decimal", "money", "date", "none", "list", "float"),
}  # fmt: skip

EXPRESSIONS: Grammar = {
    **_TEXT,
    **_PATTERN,
    **{key: RULES[key] for key in ("weir", "becomes", "single", "quoted", "value", "liquid", "filter", "test")},
    "start": ("«weir»", "«weir» «weir»", "«weir»\n%%%\n«template»\n%%%\n«pattern»\n%%%\n«pattern»"),
    "template": ("{text}", "{first} b", "a {rest}", "{Last}{last}", "{a} {plural}", "{singular}", "{«word»}", "«word»", "{", "}"),
}  # fmt: skip

PATTERNS: Grammar = {**_TEXT, **_PATTERN, "start": ("«pattern»", "«pattern»%%%\n«text»", "«pattern»\n%%%\n«text»")}

DICTIONARIES: Grammar = {
    **_TEXT,
    "start": ("SET «set»\n«affixes»%%%\n«count»\n«words»",),
    "set": ("UTF-8", "UTF-8", "ISO8859-1", "microsoft-cp1251", "KOI8-R", "utf-16", "«word»", ""),
    "count": ("3", "«number»", "99999999", ""),
    "words": ("", "«entry»\n«words»", "«entry»\n«words»", "«entry»\n«words»"),
    "entry": ("«stem»", "«stem»/«flags»", "«stem»/«flags» po:noun", "«stem»\t«word»", "#«stem»", "/«flags»", "«word»/«word»/a"),
    "stem": ("walk", "refund", "Berlin", "McDonald", "can't", "état", "x-y", "a", "«word»"),
    "flags": ("A", "AB", "Aa", "1,2", "1", "999999", "«word»", ""),
    "affixes": ("", "«affix»\n«affixes»", "«affix»\n«affixes»", "«affix»\n«affixes»"),
    "affix": (
        *("SFX «flag» Y 1\nSFX «flag» 0 s «condition»", "SFX «flag» «strip» «strip»/«flags» «condition»", "PFX «flag» Y 1\nPFX «flag» 0 un .", "PFX «flag» «strip» «strip» «condition»"),
        *("FLAG long", "FLAG num", "FLAG UTF-8", "AF 1\nAF «flags»", "ICONV 1\nICONV ’ '", "ICONV «word» «word»", "BREAK 2\nBREAK -\nBREAK ^«strip»$", "COMPOUNDRULE 1\nCOMPOUNDRULE «rule»"),
        *("COMPOUNDRULE «rule»", "FORBIDDENWORD «flag»", "NEEDAFFIX «flag»", "KEEPCASE A", "ONLYINCOMPOUND B", "COMPOUNDFLAG C", "TRY abc", "REP 1\nREP a b", "MAP «word»", "SFX", "SFX «flag»"),
    ),
    "flag": ("A", "B", "a", "Aa", "1", "«word»"),
    "strip": ("0", "y", "e", "ies", "«word»"),
    "condition": (".", "[^y]", "y", "[aeiou]y", "[", "[^]", "(a+)+", "a{99999999}", "«word»", ""),
    "rule": ("AB", "A*B?", "(A)(B)*", "((1)(2))", "A*A*A*A*A*A*", "(", "*", "«flags»"),
}  # fmt: skip

LEVELS: Grammar = {
    **{key: RULES[key] for key in (*_YAML, "where", "level")},
    "start": ("«keys»%%%\n«conditions»",),
    "keys": ("«rule»: «level»\n", "«rule»: «level»\n«keys»", "«value»"),
    "rule": SETTINGS["rule"],
    "conditions": ("«where»", "«where», «where»", "«where», «conditions»"),
}  # fmt: skip

EDITS: Grammar = {**RESPONSES}
