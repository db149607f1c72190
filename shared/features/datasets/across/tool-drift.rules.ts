import canonicalize from 'canonicalize';
import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, oneFinding } from '../sft/check-context.ts';
import type { AcrossCheck, RowNote } from './across-rows.ts';

type Definition = { readonly text: string; readonly places: { row: number; pointer: string }[] };

/** Finds tools that some rows define otherwise than most rows do; the model would learn two tools of one name. */
export function createToolDrift(): AcrossCheck {
  const tools = new Map<string, Map<string, Definition>>();
  const canonical = new Map<string, string>();
  const canonicalOf = (value: unknown): string => {
    const text = JSON.stringify(value);
    const known = canonical.get(text);
    if (known !== undefined) return known;
    const form = canonicalize(value) ?? text;
    canonical.set(text, form);
    return form;
  };
  return {
    add(row, example) {
      for (const { name, value, pointer } of definitionsIn(example)) {
        const definitions = tools.get(name) ?? new Map<string, Definition>();
        tools.set(name, definitions);
        const text = canonicalOf(value);
        const one = definitions.get(text) ?? { text, places: [] };
        definitions.set(text, one);
        one.places.push({ row, pointer });
      }
    },
    finish: () => ({ rows: [...tools].flatMap(([name, found]) => driftOf(name, found)), whole: [] }),
  };
}

/** The tools a row declares, wherever its method keeps them. */
function definitionsIn(example: JsonObject): { name: string; value: JsonObject; pointer: string }[] {
  const isPair = isObject(example.input);
  const holder = isPair ? example.input : example;
  const list: unknown = isObject(holder) ? holder.tools : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((tool, index) => {
    const value: unknown = isObject(tool) ? tool.function : undefined;
    if (!isObject(value) || typeof value.name !== 'string') return [];
    return [{ name: value.name, value, pointer: pointerTo(isPair ? '/input/tools' : '/tools', index) }];
  });
}

function driftOf(name: string, definitions: ReadonlyMap<string, Definition>): RowNote[] {
  if (definitions.size < 2) return [];
  const [usual, ...others] = [...definitions.values()].toSorted((a, b) => b.places.length - a.places.length);
  const [first] = usual?.places ?? [];
  if (!usual || !first) return [];
  const total = [...definitions.values()].reduce((sum, { places }) => sum + places.length, 0);
  return others.flatMap(({ text, places }) => {
    const what = differenceOf(usual.text, text);
    return places.map(({ row, pointer }) => {
      const finding = oneFinding('tool_definition_drift', pointer, {
        message: `The tool "${name.slice(0, 60)}" is defined otherwise here (${what}) than in ${usual.places.length} of ${total} rows.`,
        expected: usual.text,
        found: text,
      });
      return { row, related: first.row, finding };
    });
  });
}

/** The parts of two definitions that differ, by name. */
function differenceOf(usual: string, other: string): string {
  const [left, right] = [JSON.parse(usual), JSON.parse(other)] as [JsonObject, JsonObject];
  const parts = ['description', 'parameters', 'strict'].filter(
    (key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]),
  );
  const named = parts.flatMap((part) => (part === 'parameters' ? parameterNames(left, right) : [part]));
  return named.slice(0, 4).join(', ') || 'another key';
}

function parameterNames(left: JsonObject, right: JsonObject): string[] {
  const [a, b] = [propertiesOf(left), propertiesOf(right)];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]),
  );
  return names.length > 0 ? names.map((name) => `parameter "${name.slice(0, 40)}"`) : ['parameters'];
}

function propertiesOf(definition: JsonObject): JsonObject {
  const { parameters } = definition;
  return isObject(parameters) && isObject(parameters.properties) ? parameters.properties : {};
}
