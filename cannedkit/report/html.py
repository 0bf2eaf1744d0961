"""The format for people who read in a browser or on paper: one page that needs no network and runs no script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.places import AROUND
from cannedkit.text.visible import html
from cannedkit.wire.groups import Group, grouped, worst_first
from cannedkit.wire.page import filled
from cannedkit.wire.statistics import rows
from cannedkit.wire.summary import compared, folded, levels, located, looked_at, tally, untold

_STYLE = """\
h3 { font-size: 1rem; margin: 0; }
.place, dt { font-size: .875rem; opacity: .85; }
article { border-left: .3rem solid var(--line); margin: .75rem 0; padding: .25rem 0 .25rem .75rem; }
article p { margin: .25rem 0; }
.error { border-color: var(--error); } .warning { border-color: var(--warning); }
.suggestion { border-color: var(--suggestion); }
.error .level { color: var(--error); } .warning .level { color: var(--warning); }
.suggestion .level { color: var(--suggestion); }
.level { text-transform: uppercase; white-space: nowrap; font-size: .75rem; letter-spacing: .05em; }
mark { background: none; color: inherit; font-weight: 600; text-decoration: underline 2px; }
mark:empty::after { content: "\\2038"; }
dl { display: grid; gap: 0 .75rem; grid-template-columns: max-content 1fr; margin: .25rem 0; } dd { margin: 0; }
td:first-child { text-align: right; }
.bar { width: 15%; } .bar svg { height: 1.5rem; width: 100%; }
.error rect { fill: var(--error); } .warning rect { fill: var(--warning); }
.suggestion rect { fill: var(--suggestion); }
"""

_BLANKS = re.compile(r"\s+")


def write(report: Report) -> str:
    """A page: counts, what could not be checked, a table of the rules, each reply with its findings, worst first."""
    said = tally(report)
    summary = [html(looked_at(report)), compared(report)]
    parts = [
        *_list("Not checked", map(_failed, report.errors)),
        *_list("Read by nobody", (html(untold(one)) for one in report.checked.unread)),
        *_rules(report),
        *(_group(group, report) for group in worst_first(grouped(report))),
    ]
    title = html(f"{said[0].upper()}{said[1:]}")
    head = "\n".join(f"<p>{part}</p>" for part in summary if part)
    shown = "\n".join(parts)
    return filled(title, _STYLE, f"<header>\n<h1>{title}</h1>\n{head}\n</header>\n<main>\n{shown}\n</main>")


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    shown = "\n".join(f"<li>{item}</li>" for item in items)
    if shown:
        yield f"<section>\n<h2>{title}</h2>\n<ul>\n{shown}\n</ul>\n</section>"


def _failed(failed: Failure) -> str:
    return html(located(failed))


def _rules(report: Report) -> Iterator[str]:
    """The table of the rules, most findings first, with a bar for how many."""
    lines, found = [], rows(report)
    most = max((row.count for row in found), default=0)
    for row in found:
        explained = report.explained.get(row.rule)
        why = html(explained.why) if explained else ""
        level = f'<span class="level">{row.level}</span>'
        cells = (f"<td>{row.count:,}</td>", _bar(row.count / most), f"<td>{level}</td>")
        lines.append(f'<tr class="{row.level}">{"".join(cells)}<td><code>{html(row.rule)}</code> {why}</td></tr>')
    if lines:
        head = '<tr><th colspan="2">Times</th><th>Level</th><th>Rule, and why it is there</th></tr>'
        yield "\n".join(["<section>\n<h2>Rules</h2>\n<table>", head, *lines, "</table>\n</section>"])


def _bar(share: float) -> str:
    return (
        '<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect y="2" width="{100 * share:.1f}" height="6"/></svg></td>'
    )


def _group(group: Group, report: Report) -> str:
    counted = levels([one.finding.level for one in group.findings])
    head = f"<h2>{html(group.name)} <small>{counted}</small></h2>"
    return "\n".join(["<section>", head, *(_article(found, report) for found in group.findings), "</section>"])


def _article(found: FileFinding, report: Report) -> str:
    finding = found.finding
    level = f'<span class="level">{finding.level}</span>'
    lines = [
        f'<article class="{finding.level}">',
        f"<h3>{level} {html(finding.message)}</h3>",
        *_text(found),
        *_told(found, report),
        f'<p class="place"><code>{html(finding.rule)}</code> {html(_rendering(found))}</p>',
        "</article>",
    ]
    return "\n".join(lines)


def _text(found: FileFinding) -> Iterator[str]:
    """The text that is meant, with the words beside it."""
    before, after = found.around
    if found.text or before or after:
        sides = (f"…{before.partition(' ')[2]}", f"{after.rpartition(' ')[0]}…")
        before, after = (
            side if len(whole) == AROUND else whole for side, whole in zip(sides, found.around, strict=True)
        )
        parts = (html(_BLANKS.sub(" ", part)) for part in (before, found.text, after))
        yield '<p class="text" dir="auto">{}<mark>{}</mark>{}</p>'.format(*parts)


def _told(found: FileFinding, report: Report) -> Iterator[str]:
    explained = report.explained.get(found.finding.rule)
    said = {"Why": html(explained.why), "Instead": html(explained.instead)} if explained else {}
    said["Fix"] = " or ".join(f'<q dir="auto">{html(fix)}</q>' if fix else "take it out" for fix in found.finding.fixes)
    said["Also"] = html(", ".join(map(str, found.related)))
    terms = [f"<dt>{term}</dt><dd>{each}</dd>" for term, each in said.items() if each]
    if terms:
        yield "\n".join(["<dl>", *terms, "</dl>"])


def _rendering(found: FileFinding) -> str:
    """Where it stands, and which customers read it."""
    parts = [str(found.place), found.locale, ", ".join(found.channels)]
    if found.variation > 1:
        parts.append(f"variation {found.variation}")
    if found.samples:
        parts.append(f"only with the samples: {', '.join(found.samples)}")
    return " · ".join(part for part in map(folded, parts) if part)
