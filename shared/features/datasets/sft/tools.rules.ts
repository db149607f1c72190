import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { isObject, type Report, type SchemaChecker } from './check-context.ts';

const maxTools = 128;
const toolName = /^[a-zA-Z0-9_-]{1,64}$/;

/** The declared tools by name, with the schema of their parameters (undefined when they take none). */
export type DeclaredTools = ReadonlyMap<string, { readonly parameters: unknown }>;

type ToolsContext = {
  readonly schemas: SchemaChecker;
  readonly report: Report;
  /** Where `example` stands; the example itself when absent. */
  readonly pointer?: string;
};

/** Checks `tools` and the deprecated `functions`, and answers what is declared. */
export function checkTools(
  example: JsonObject,
  { schemas, report, pointer: base = '' }: ToolsContext,
): DeclaredTools {
  const declared = new Map<string, { parameters: unknown }>();
  const definition = { declared, schemas, report };
  if (Object.hasOwn(example, 'tools'))
    checkList(example.tools, `${base}/tools`, report, (tool, pointer) => {
      const inner = checkTool(tool, pointer, report);
      if (inner) checkFunction(inner, `${pointer}/function`, definition);
    });
  if (Object.hasOwn(example, 'functions')) {
    report('functions_deprecated', `${base}/functions`, {
      message: '"functions" is deprecated, "tools" has taken its place.',
      expected: 'tools',
    });
    checkList(example.functions, `${base}/functions`, report, (one, pointer) => {
      if (isObject(one)) checkFunction(one, pointer, definition);
      else reportShape(pointer, one, report);
    });
  }
  return declared;
}

// biome-ignore format: one signature per line reads worse here
function checkList(list: unknown, pointer: string, ...[report, each]: [Report, (item: unknown, pointer: string) => void]): void {
  if (!Array.isArray(list)) {
    report('tools_invalid', pointer, { message: `"${lastStep(pointer)}" must be a list.`, expected: 'a list', found: list });
    return;
  }
  if (list.length === 0) {
    report('tools_empty', pointer, {
      message: `"${lastStep(pointer)}" is an empty list; the chat API refuses that, leave it out.`,
      expected: 'at least one tool, or no such key',
      found: list,
      fix: { kind: 'remove', label: `Remove “${lastStep(pointer)}”` },
    });
  }
  if (list.length > maxTools) {
    report('tools_too_many', pointer, {
      message: `There are ${list.length} tools, at most ${maxTools} are allowed.`,
      expected: `at most ${maxTools}`,
      found: list.length,
    });
  }
  for (const [index, item] of list.entries()) each(item, pointerTo(pointer, index));
}

function lastStep(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}

function reportShape(pointer: string, found: unknown, report: Report): void {
  report('tool_invalid', pointer, {
    message: 'A tool must look like {"type": "function", "function": {"name": …, "parameters": …}}.',
    expected: 'an object with type and function',
    found,
  });
}

function checkTool(tool: unknown, pointer: string, report: Report): JsonObject | null {
  if (!isObject(tool) || !isObject(tool.function)) {
    reportShape(pointer, tool, report);
    return null;
  }
  if (tool.type !== 'function') {
    const isMissing = !Object.hasOwn(tool, 'type');
    report('tool_invalid', isMissing ? pointer : `${pointer}/type`, {
      message: 'The type of a tool must be "function".',
      expected: '"function"',
      found: tool.type,
      ...(isMissing ? { fix: { kind: 'type-to-function', label: 'Add the type “function”' } } : {}),
    });
  }
  return tool.function;
}

type Definition = {
  declared: Map<string, { parameters: unknown }>;
  schemas: SchemaChecker;
  report: Report;
};

function checkFunction(one: JsonObject, pointer: string, { declared, schemas, report }: Definition): void {
  const { name, parameters } = one;
  if (typeof name !== 'string' || !toolName.test(name)) {
    report('tool_name_invalid', Object.hasOwn(one, 'name') ? `${pointer}/name` : pointer, {
      message: 'The name of a tool has 1 to 64 letters, digits, underscores or hyphens.',
      expected: 'a-z, A-Z, 0-9, _ and -',
      found: name,
    });
  } else if (declared.has(name)) {
    report('tool_repeated', `${pointer}/name`, {
      message: `The tool "${name}" is declared twice.`,
      expected: 'every tool once',
      found: name,
    });
  }
  if (Object.hasOwn(one, 'description') && typeof one.description !== 'string') {
    report('tool_invalid', `${pointer}/description`, {
      message: 'The description of a tool must be a text.',
      expected: 'a text',
      found: one.description,
    });
  }
  const problem = parameters === undefined ? null : schemaProblem(parameters, schemas);
  if (problem !== null) {
    report('tool_schema_invalid', `${pointer}/parameters`, {
      message: `The parameters are not a valid JSON Schema: ${problem}.`,
      expected: 'a JSON Schema of type object',
      found: parameters,
    });
  }
  if (typeof name === 'string' && !declared.has(name)) {
    declared.set(name, { parameters: problem === null ? parameters : undefined });
  }
}

function schemaProblem(parameters: unknown, schemas: SchemaChecker): string | null {
  if (!isObject(parameters)) return 'it must be an object';
  if (Object.keys(parameters).length > 0 && parameters.type !== 'object' && parameters.$ref === undefined) {
    return 'its type must be "object"';
  }
  return schemas.problemOf(parameters);
}
