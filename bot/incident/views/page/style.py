"""The style sheet of the page: light and dark, on a screen and on paper."""

from bot.incident.views.drawing.colours import DARK, LIGHT, variables
from bot.incident.views.drawing.style import style as drawing_style

_RULES = """
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.6 Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; background: var(--ground); padding: 0.5rem 1rem; z-index: 1; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
.sheet { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
.text { max-width: 46rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.25; letter-spacing: -0.01em; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.75rem 0 0.75rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
p, ul, ol, table, blockquote { margin: 0 0 1rem; }
ul, ol { padding-left: 1.3rem; }
li { margin: 0.2rem 0; }
em { color: var(--ink-2); }
blockquote { margin-left: 0; padding: 0.6rem 1rem; border-left: 4px solid var(--line-strong); background: var(--raised); }
blockquote > :last-child { margin-bottom: 0; }
code { font: 0.92em ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th { font-size: 0.9rem; color: var(--ink-2); font-weight: 600; }
th, td { overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; }
caption { text-align: left; font-weight: 600; padding: 0.75rem 0 0.25rem; }
nav { margin: 2rem 0 0; font-size: 0.95rem; }
nav p { font-weight: 600; margin: 0 0 0.25rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 0.2rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
li:empty { display: none; }
@media (min-width: 70rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 46rem) 14rem; column-gap: 4rem; justify-content: space-between; }
  .columns > nav { grid-column: 2; grid-row: 1; position: sticky; top: 1.5rem; align-self: start; }
  .columns > .text { grid-column: 1; grid-row: 1; }
  nav ul { display: block; }
}
figure { margin: 1.5rem 0; }
figcaption { color: var(--ink-2); font-size: 0.95rem; margin-bottom: 0.5rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); }
.drawing { display: block; width: 100%; min-width: 62rem; height: auto; }
details { margin: 0.75rem 0; }
summary { cursor: pointer; color: var(--link); padding: 0.2rem 0; }
.left-out { border-left: 4px solid var(--line-strong); padding: 0.4rem 1rem; background: var(--raised); }
#timeline ~ ul:not(#timeline ~ h2 ~ ul) { list-style: none; padding: 0; font-variant-numeric: tabular-nums; }
#timeline ~ ul:not(#timeline ~ h2 ~ ul) > li { margin: 0; padding: 0.35rem 0; border-bottom: 1px solid var(--line); }
#timeline ~ ul:not(#timeline ~ h2 ~ ul) p { margin: 0; }
footer { color: var(--ink-2); font-size: 0.9rem; margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 40rem) {
  .sheet { padding: 1rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  th, td { padding-right: 0.4rem; font-size: 0.85rem; }
}
@page { margin: 16mm 14mm; }
@page drawing { size: landscape; }
@media print {
  figure { page: drawing; }
  body { font-size: 10.5pt; line-height: 1.45; }
  h2 { margin-top: 1.5rem; }
  .sheet, .text { max-width: none; padding: 0; }
  .skip, nav, summary { display: none; }
  .columns { display: block; }
  .scroll { overflow: visible; border: 0; }
  .drawing { min-width: 0; }
  figure, tr, li, blockquote { break-inside: avoid; }
  h1, h2, h3, caption, th { break-after: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; overflow-wrap: anywhere; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def style() -> str:
    """All of it."""
    light, dark = variables(LIGHT), variables(DARK)
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
        f"{_RULES}{drawing_style(None)}\n"
    )
