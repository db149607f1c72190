/** The report's whole style: light and dark by the reader's setting, light on paper. */
export const reportStyles = `
:root {
  color-scheme: light dark;
  --paper: #fbfcfe; --raised: #ffffff; --ink: #171c26; --soft: #525c6d; --rule: #dbe1ea; --faint: #eef1f6;
  --lapis: #2f4bb8; --emerald: #0b6b4c; --ruby: #a8203f; --amber: #8a5a00; --grey: #5f6b7d; --quartz: #f1eef7;
  --quartz-ink: #4b3f72; --heat: 47 75 184;
  --s0: #2f4bb8; --s1: #b3480a; --s2: #0b6b4c; --s3: #8b2fa0; --s4: #5f6b7d;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #10141c; --raised: #171c26; --ink: #e8ecf3; --soft: #a3adbd; --rule: #2b3341; --faint: #1d2430;
    --lapis: #93a8ff; --emerald: #57d3a4; --ruby: #ff8da1; --amber: #f0b95a; --grey: #9aa5b6; --quartz: #221f30;
    --quartz-ink: #cfc4f2; --heat: 147 168 255;
    --s0: #93a8ff; --s1: #f0a35a; --s2: #57d3a4; --s3: #d99cf0; --s4: #9aa5b6;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); }
body {
  margin: 0 auto; max-width: 66rem; padding: 3rem 2rem 4rem;
  font: 15px/1.55 "Inter Variable", Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased;
}
h1, h2, h3, p, dl, figure { margin: 0; }
h1 { font-size: 2.125rem; line-height: 1.15; letter-spacing: -0.022em; font-weight: 640; overflow-wrap: anywhere; }
h2 { font-size: 1rem; font-weight: 640; letter-spacing: -0.006em; }
h3 { font-size: 0.9375rem; font-weight: 620; margin-top: 2rem; }
h3:first-child { margin-top: 0; }
p { max-width: 44rem; }
p + p, .scroll + p, figure + p, svg + p { margin-top: 0.75rem; }
.quiet { color: var(--soft); }
.small { font-size: 0.8125rem; }
code, .hash, .answer { font-variant-ligatures: none; }
code, .hash { font-family: "JetBrains Mono Variable", "JetBrains Mono", ui-monospace, "Cascadia Mono", Menlo, monospace; font-size: 0.8125rem; }
.hash { overflow-wrap: anywhere; }

.masthead { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; color: var(--soft); font-size: 0.8125rem; }
.mark { display: inline-flex; align-items: center; gap: 0.5rem; font-weight: 620; color: var(--ink); }
.mark svg { width: 1rem; height: 1rem; fill: var(--lapis); }
.title { margin-top: 2.75rem; }
.title p { margin-top: 0.75rem; color: var(--soft); overflow-wrap: anywhere; }
.practice {
  margin-top: 1.75rem; padding: 0.875rem 1.125rem; max-width: none; border-radius: 6px;
  background: var(--quartz); color: var(--quartz-ink); border: 1px dashed currentColor;
}
.practice strong { text-transform: uppercase; letter-spacing: 0.08em; font-size: 0.75rem; margin-right: 0.5rem; }

.finding { margin-top: 2.5rem; padding: 1.75rem 0 0; border-top: 3px solid var(--grey); }
.finding.better { border-color: var(--emerald); }
.finding.worse { border-color: var(--ruby); }
.finding > p:first-child { font-size: 1.5rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.015em; }
.better .word { color: var(--emerald); } .worse .word { color: var(--ruby); }
.big { display: grid; grid-template-columns: repeat(3, auto); justify-content: start; gap: 0 3.5rem; margin: 1.5rem 0 0; }
.big dt { color: var(--soft); font-size: 0.8125rem; }
.big dd { margin: 0; font-size: 1.75rem; font-weight: 600; letter-spacing: -0.02em; line-height: 1.3; }
.big small { display: block; font-size: 0.8125rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
.finding > p.why { margin-top: 1.25rem; color: var(--soft); }

section { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); gap: 0 2.5rem; margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
section > h2 { padding-right: 0.5rem; }
section > h2 span { display: block; color: var(--soft); font-weight: 450; font-size: 0.8125rem; letter-spacing: 0; margin-top: 0.25rem; }

.scroll { overflow-x: auto; }
section > div > .scroll:first-child table { margin-top: 0; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-size: 0.875rem; }
caption { text-align: left; color: var(--soft); font-size: 0.8125rem; padding-bottom: 0.5rem; }
th, td { text-align: left; padding: 0.4375rem 1rem 0.4375rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { font-weight: 550; } thead th { color: var(--soft); font-weight: 500; font-size: 0.8125rem; vertical-align: bottom; }
td.n, th.n { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
td small, th small { display: block; color: var(--soft); font-weight: 400; }
tr.sum td, tr.sum th { border-bottom: 0; border-top: 2px solid var(--ink); font-weight: 640; }
.text { overflow-wrap: anywhere; unicode-bidi: isolate; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); font-size: 0.875rem; }
dl.facts dt { color: var(--soft); padding: 0.375rem 1.75rem 0.375rem 0; border-bottom: 1px solid var(--rule); }
dl.facts dd { margin: 0; padding: 0.375rem 0; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }

svg.chart { display: block; width: 100%; height: auto; margin-top: 0.75rem; overflow: visible; font-size: 12px; }
svg text { fill: var(--ink); } svg .tick, svg .side { fill: var(--soft); font-size: 11px; } svg .name { font-weight: 600; }
svg .value { font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg .grid { stroke: var(--rule); stroke-width: 1; } svg .zero { stroke: var(--ink); stroke-width: 1.25; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .line.s0, .dot.s0 { stroke: var(--s0); } svg .line.s1, .dot.s1 { stroke: var(--s1); stroke-dasharray: 6 3; }
svg .line.s2, .dot.s2 { stroke: var(--s2); stroke-dasharray: 2 3; } svg .line.s3, .dot.s3 { stroke: var(--s3); stroke-dasharray: 10 3 2 3; }
svg .line.s4, .dot.s4 { stroke: var(--s4); } svg .end { font-weight: 600; font-size: 11.5px; }
svg .end.s0 { fill: var(--s0); } svg .end.s1 { fill: var(--s1); } svg .end.s2 { fill: var(--s2); } svg .end.s3 { fill: var(--s3); } svg .end.s4 { fill: var(--s4); }
svg .whisker line { stroke: var(--grey); stroke-width: 2; } svg .whisker .point { fill: var(--grey); }
svg .whisker.base .point { fill: var(--paper); stroke: var(--grey); stroke-width: 2; }
svg .whisker.tuned line { stroke: var(--lapis); } svg .whisker.tuned .point { fill: var(--lapis); }
svg .whisker.better line { stroke: var(--emerald); } svg .whisker.better .point { fill: var(--emerald); }
svg .whisker.worse line { stroke: var(--ruby); } svg .whisker.worse .point { fill: var(--ruby); }

.pair { display: flex; flex-wrap: wrap; gap: 0 2.5rem; } .pair > .scroll { max-width: 100%; }
table.confusion { width: auto; font-size: 0.8125rem; }
table.confusion th, table.confusion td { border: 0; padding: 0.25rem 0.375rem; }
table.confusion td { min-width: 3.5rem; text-align: center; background: rgb(var(--heat) / var(--share, 0)); border: 1px solid var(--paper); }
table.confusion td.right { outline: 1.5px solid var(--emerald); outline-offset: -2px; }
table.confusion th { max-width: 9rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
table.confusion thead th { text-align: center; } table.confusion caption { white-space: nowrap; }
table.confusion tbody th { text-align: right; }
table.confusion td.zero { color: var(--soft); }

.split { display: flex; height: 10px; border-radius: 3px; overflow: hidden; gap: 2px; margin-top: 0.25rem; }
.split i { background: var(--s0); } .split i + i { background: var(--s1); } .split i + i + i { background: var(--s2); } .split i + i + i + i { background: var(--s4); }

article { padding: 1.25rem 0; border-bottom: 1px solid var(--rule); break-inside: avoid; }
article:first-of-type { padding-top: 0; }
article header { display: flex; gap: 0.75rem; align-items: baseline; font-size: 0.8125rem; color: var(--soft); }
.tag { font-weight: 620; color: var(--ink); } .tag.improved { color: var(--emerald); } .tag.worsened { color: var(--ruby); } .tag.both_wrong { color: var(--amber); }
article dl { margin-top: 0.5rem; display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.375rem 1rem; font-size: 0.875rem; }
article dt { color: var(--soft); } article dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
article dd.answer { font-family: "JetBrains Mono Variable", "JetBrains Mono", ui-monospace, Menlo, monospace; font-size: 0.8125rem; }
ul { margin: 0; padding-left: 1.1rem; max-width: 44rem; } li + li { margin-top: 0.375rem; }
details { margin-top: 0.75rem; font-size: 0.875rem; } summary { cursor: pointer; color: var(--lapis); }
footer { margin-top: 3.5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.8125rem; }

@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem 3rem; }
  section { grid-template-columns: minmax(0, 1fr); gap: 1rem 0; }
  .big { grid-template-columns: 1fr; gap: 0.75rem; }
  article dl { grid-template-columns: minmax(0, 1fr); gap: 0.125rem; } article dd { margin-bottom: 0.5rem; }
}
@media print {
  @page { margin: 16mm 15mm; }
  :root { color-scheme: light; --paper: #ffffff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0 1.5rem; margin-top: 1.75rem; }
  h2, h3, caption { break-after: avoid; } figure, svg.chart, table.confusion, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  table.confusion td, .split i, .practice { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
