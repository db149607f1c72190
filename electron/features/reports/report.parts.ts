import { type Html, html } from './html.ts';

/** A section with its name in the margin and a few words under it. */
export function section(name: string, words: string, content: Html | readonly (Html | null)[]): Html {
  return html`<section><h2>${name}<span>${words}</span></h2><div>${content}</div></section>
`;
}

/** Pairs of a term and what it is; pairs whose value is null are left out. */
export function factList(facts: readonly (readonly [term: string, value: Html | string | null])[]): Html {
  const shown = facts.filter(([, value]) => value !== null);
  return html`<dl class="facts">${shown.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A hash or an id, in a face in which it can be compared. */
export function hash(value: string): Html {
  return html`<span class="hash">${value}</span>`;
}

export type Column = { name: string; isNumber?: boolean };

/** A table with a caption; cells are text or markup, the first of a row names it. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  const kind = (index: number): string => (columns[index]?.isNumber ? 'n' : 'text');
  return html`<div class="scroll"><table><caption>${caption}</caption>
<thead><tr>${columns.map((column, index) => html`<th scope="col" class="${kind(index)}">${column.name}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) =>
        index === 0
          ? html`<th scope="row" class="${kind(index)}">${cell}</th>`
          : html`<td class="${kind(index)}">${cell}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>`;
}
