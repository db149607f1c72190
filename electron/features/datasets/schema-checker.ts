import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { SchemaChecker } from '../../../shared/features/datasets/sft/check-context.ts';

const maxCompiled = 3000;
const maxPatternLength = 300;
const maxTestedLength = 20_000;

/**
 * Checks values against JSON Schemas with ajv. It compiles code, so it lives in workers and the terminal, never in a
 * window. Schemas come from data: patterns that could run for ever are not run, and there is an end to how many schemas
 * are compiled.
 */
export function createSchemaChecker(): SchemaChecker {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    logger: false,
    addUsedSchema: false,
    validateSchema: false,
    code: { regExp: Object.assign(safeRegExp, { code: 'safeRegExp' }) },
  });
  // Under Node the plugin is the module itself, whatever its types say.
  (addFormats as unknown as (target: Ajv) => void)(ajv);
  const problems = new Map<string, string | null>();
  const compiled = new Map<string, ValidateFunction | string>();

  const problemOf = (schema: unknown): string | null => {
    const key = JSON.stringify(schema);
    const known = problems.get(key);
    if (known !== undefined) return known;
    if (problems.size >= maxCompiled) problems.clear();
    const problem = metaProblem(ajv, schema);
    problems.set(key, problem);
    return problem;
  };

  return {
    problemOf,
    check(schema, value) {
      const key = JSON.stringify(schema);
      let validate = compiled.get(key);
      if (validate === undefined) {
        if (compiled.size >= maxCompiled) {
          return { unchecked: `more than ${maxCompiled} different schemas in one file` };
        }
        validate = compile(ajv, schema);
        compiled.set(key, validate);
      }
      if (typeof validate === 'string') return { unchecked: validate };
      return { problems: validate(value) ? [] : (validate.errors ?? []).map(problemFrom) };
    },
  };
}

/** A copy without the names that ajv would look up elsewhere. */
function withoutNames(schema: unknown): object {
  const { $schema: _, $id: __, id: ___, ...rest } = schema as Record<string, unknown>;
  return rest;
}

function metaProblem(ajv: Ajv, schema: unknown): string | null {
  try {
    if (ajv.validateSchema(withoutNames(schema)) === true) return null;
    const [error] = ajv.errors ?? [];
    return error ? `${error.instancePath || 'it'} ${error.message ?? 'does not fit'}` : 'it does not fit';
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function compile(ajv: Ajv, schema: unknown): ValidateFunction | string {
  try {
    return ajv.compile(withoutNames(schema));
  } catch (error) {
    return error instanceof Error ? `the schema cannot be used (${error.message.slice(0, 120)})` : 'unknown';
  }
}

function problemFrom(error: ErrorObject): { pointer: string; message: string } {
  const extra =
    error.keyword === 'additionalProperties' ? ` ("${String(error.params.additionalProperty)}")` : '';
  const allowed =
    error.keyword === 'enum' ? `: ${JSON.stringify(error.params.allowedValues).slice(0, 160)}` : '';
  return { pointer: error.instancePath, message: `${error.message ?? 'does not fit'}${extra}${allowed}` };
}

/** A pattern with a repeated group that itself repeats, or a back-reference, can take exponential time. */
const canExplode = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]|\([^)]*\|[^)]*\)[+*{]|\\[1-9]|\\k</;

type Pattern = { test(text: string): boolean; toString(): string };

/** A RegExp for ajv that answers "fits" where running it could take for ever. */
function safeRegExp(pattern: string, flags: string): Pattern {
  // ajv tells patterns apart by what they print as.
  const shown = { toString: () => `/${pattern}/${flags}` };
  if (pattern.length > maxPatternLength || canExplode.test(pattern)) return { ...shown, test: () => true };
  const expression = new RegExp(pattern, flags);
  return { ...shown, test: (text) => text.length > maxTestedLength || expression.test(text) };
}
