import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract } from '../../shared/contract.ts';

/** A JSON schema as far as the tests look into it. */
export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  $ref?: string;
};

/** One procedure of the contract as data; `isStream` when its output comes piece by piece. */
export type Described = {
  path: string;
  input: JsonSchema | null;
  output: JsonSchema | null;
  isStream: boolean;
  errors: string[];
};

function jsonOf(schema: unknown, io: 'input' | 'output'): JsonSchema | null {
  if (!(schema instanceof z.ZodType)) return null;
  // A zod schema always yields a JSON schema object; its own type says less than we read here.
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
}

/** Every procedure of the contract, sorted by path such as `workspaces.open`. */
export function describeContract(router: unknown = contract, path: string[] = []): Described[] {
  if (!isContractProcedure(router)) {
    return Object.entries(router as Record<string, unknown>)
      .flatMap(([key, part]) => describeContract(part, [...path, key]))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }
  const definition = router['~orpc'];
  const stream = getEventIteratorSchemaDetails(definition.outputSchema);
  return [
    {
      path: path.join('.'),
      input: jsonOf(definition.inputSchema, 'input'),
      output: jsonOf(stream ? stream.yields : definition.outputSchema, 'output'),
      isStream: stream !== undefined,
      errors: Object.keys(definition.errorMap).toSorted(),
    },
  ];
}

/** Every field of a schema that can hold text, as `a.b[].c`. */
export function textFields(schema: JsonSchema, path = ''): string[] {
  const inside = (part: JsonSchema | boolean | undefined, at: string): string[] =>
    typeof part === 'object' ? textFields(part, at) : [];
  const own = canHoldText(schema) ? [path] : [];
  return [
    ...own,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
      inside(part, path ? `${path}.${name}` : name),
    ),
    ...inside(schema.items, `${path}[]`),
    ...(schema.prefixItems ?? []).flatMap((part) => inside(part, `${path}[]`)),
    ...inside(schema.additionalProperties, `${path}{}`),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((part) =>
      inside(part, path),
    ),
  ];
}

function canHoldText(schema: JsonSchema): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return false;
  if (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? schema.$ref) return false;
  return (
    schema.type === undefined ||
    schema.type === 'string' ||
    (Array.isArray(schema.type) && schema.type.includes('string'))
  );
}

const formats: Record<string, string> = {
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  base64: 'eA==',
  uri: 'https://example.invalid/',
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
};

/** The simplest value that fits a schema; a pattern is answered by `x`. */
export function simplestValue(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return simplestValue(first);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type ?? 'unknown') {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, simplestValue(schema.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => simplestValue(schema.items ?? {}));
    case 'number':
    case 'integer':
      return Math.max(schema.minimum ?? 0, (schema.exclusiveMinimum ?? -1) + 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'string':
      return formats[schema.format ?? ''] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    default:
      return {};
  }
}
