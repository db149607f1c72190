import type { JsonObject } from '../datasets/read-line.ts';

/** A template cut into its texts and the columns it names. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'column'; readonly name: string };

export type Filled = {
  readonly text: string;
  /** Columns named by the template that are empty in this row. */
  readonly missing: readonly string[];
};

/** `{{column}}` stands for a column's value, `\{{` for two braces; an opening without its end is text. */
const pattern = /\\\{\{|\{\{\s*([^{}]+?)\s*\}\}/g;

/** Cuts a template into its parts. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  const addText = (text: string): void => {
    if (text !== '') parts.push({ kind: 'text', text });
  };
  for (const match of template.matchAll(pattern)) {
    addText(template.slice(from, match.index));
    from = match.index + match[0].length;
    const [, name] = match;
    if (name === undefined) addText('{{');
    else parts.push({ kind: 'column', name });
  }
  addText(template.slice(from));
  return parts;
}

/** Columns that a template names, each once. */
export function templateColumns(template: string): string[] {
  const names = templateParts(template).flatMap((part) => (part.kind === 'column' ? [part.name] : []));
  return [...new Set(names)];
}

/** A template that stands for one column as it is; column names with braces cannot be named. */
export function columnTemplate(name: string): string {
  return `{{${name}}}`;
}

/** Puts a row's values into a template; a value of JSON that is no text is written as JSON. */
export function fillTemplate(parts: readonly TemplatePart[], row: JsonObject): Filled {
  const missing = new Set<string>();
  const texts = parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const text = cellText(valueAt(row, part.name));
    if (text.trim() === '') missing.add(part.name);
    return text;
  });
  return { text: texts.join(''), missing: [...missing] };
}

/** The value of a column, or of a place inside one by a dotted path (`user.name`, `turns.0.text`). */
export function valueAt(row: JsonObject, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  let value: unknown = row;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as JsonObject)[step];
  }
  return value;
}

/** A value as a person reads it; empty for what is not there. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value) ?? '';
}
