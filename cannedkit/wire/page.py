"""The page that both formats for a browser or for paper fill: one file that needs no network and runs no script."""

from __future__ import annotations

from string import Template

_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>cannedkit: $title</title>
<style>
:root { color-scheme: light dark; --error: #b3261e; --warning: #8a5a00; --suggestion: #1b5e9e; --good: #1a7f4b;
  --line: #8885; }
@media (prefers-color-scheme: dark) {
  :root { --error: #ff8a80; --warning: #ffca6b; --suggestion: #8ec5ff; --good: #6fd39b; }
}
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h2, h3, td, li, code, q, .text { overflow-wrap: anywhere; }
small, th { font-weight: normal; font-size: .875rem; opacity: .85; }
code { font: .875em ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid var(--line); padding: .2rem .75rem .2rem 0; text-align: left; vertical-align: top; }
svg { display: block; max-width: 100%; }
$style
@media print {
  :root { color-scheme: light; --error: #b3261e; --warning: #8a5a00; --suggestion: #1b5e9e; --good: #1a7f4b; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  svg { print-color-adjust: exact; }
  article, tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
</style>
</head>
<body>
$body
</body>
</html>
""")


def filled(title: str, style: str, body: str) -> str:
    """The page, of a title, rules of style and a body, each of them HTML already."""
    return _PAGE.substitute(title=title, style=style, body=body)
