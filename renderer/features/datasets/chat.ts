import {
  looksLikePair,
  pairKeys,
  toPreferencePair,
} from '../../../shared/features/datasets/dpo/preference-keys.ts';
import type { ExampleDetail, Finding } from '../../../shared/features/datasets/datasets.model.ts';

/** A message of any JSON as the window shows it; nothing is assumed of data that may break every rule. */
export type ShownPart =
  | { readonly kind: 'text'; readonly pointer: string; readonly text: string }
  | { readonly kind: 'image'; readonly pointer: string; readonly url: string; readonly detail: string }
  | { readonly kind: 'other'; readonly pointer: string; readonly json: string };

export type ShownCall = {
  readonly pointer: string;
  readonly id: string;
  readonly name: string;
  readonly args: string;
};

export type ShownMessage = {
  readonly pointer: string;
  readonly role: string;
  readonly name: string | null;
  readonly weight: unknown;
  readonly answersCall: string | null;
  readonly parts: readonly ShownPart[];
  readonly calls: readonly ShownCall[];
  /** True when the content is one text that can be edited in place. */
  readonly isPlainText: boolean;
};

/** The place in an example that a finding or a mark is about. */
export type Place = Pick<Finding, 'code' | 'pointer' | 'message' | 'found'>;

/** Where the marks of an example point to. */
export function markPlaces(detail: Pick<ExampleDetail, 'marks'>): Place[] {
  return detail.marks.map(({ code, pointer, message }) => ({ code, pointer, message, found: null }));
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** The messages of an example, ready to be drawn; of a preference pair its prompt, then both answers. */
export function shownMessages(value: unknown): ShownMessage[] {
  const pair = shownPair(value);
  if (pair) return [...pair.input, ...pair.preferred, ...pair.other];
  return isObject(value) ? messagesAt(value.messages, '/messages') : [];
}

/** A preference pair as it is drawn; `isMisspelled` when its keys are not the platform's, so that it cannot be edited here. */
export type ShownPair = {
  readonly input: readonly ShownMessage[];
  readonly preferred: readonly ShownMessage[];
  readonly other: readonly ShownMessage[];
  readonly isMisspelled: boolean;
};

/** The example as a pair; null when it is none in any spelling. */
export function shownPair(value: unknown): ShownPair | null {
  if (!isObject(value) || !looksLikePair(value)) return null;
  const isMisspelled = !pairKeys.every((key) => Object.hasOwn(value, key));
  const pair = isMisspelled ? toPreferencePair(value) : value;
  if (!pair) return null;
  const messages = (list: unknown, pointer: string): ShownMessage[] =>
    messagesAt(list, pointer).map((one) => (isMisspelled ? { ...one, isPlainText: false } : one));
  return {
    input: messages(isObject(pair.input) ? pair.input.messages : null, '/input/messages'),
    preferred: messages(pair.preferred_output, '/preferred_output'),
    other: messages(pair.non_preferred_output, '/non_preferred_output'),
    isMisspelled,
  };
}

function messagesAt(list: unknown, pointer: string): ShownMessage[] {
  return (Array.isArray(list) ? list : []).map((message, index) =>
    shownMessage(message, `${pointer}/${index}`),
  );
}

function shownMessage(message: unknown, pointer: string): ShownMessage {
  if (!isObject(message)) {
    const parts: ShownPart[] = [{ kind: 'other', pointer, json: text(message) }];
    return { ...emptyMessage, pointer, parts };
  }
  return {
    pointer,
    role: typeof message.role === 'string' ? message.role : 'no role',
    name: typeof message.name === 'string' ? message.name : null,
    weight: message.weight,
    answersCall: typeof message.tool_call_id === 'string' ? message.tool_call_id : null,
    parts: partsOf(message.content, `${pointer}/content`),
    calls: callsOf(message, pointer),
    isPlainText: typeof message.content === 'string',
  };
}

const emptyMessage: ShownMessage = {
  pointer: '',
  role: 'no role',
  name: null,
  weight: undefined,
  answersCall: null,
  parts: [],
  calls: [],
  isPlainText: false,
};

function partsOf(content: unknown, pointer: string): ShownPart[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return [{ kind: 'text', pointer, text: content }];
  if (!Array.isArray(content)) return [{ kind: 'other', pointer, json: text(content) }];
  return content.map((part: unknown, index): ShownPart => {
    const at = `${pointer}/${index}`;
    if (isObject(part) && typeof part.text === 'string') {
      return { kind: 'text', pointer: `${at}/text`, text: part.text };
    }
    if (isObject(part) && part.type === 'image_url' && isObject(part.image_url)) {
      const { url, detail } = part.image_url;
      return {
        kind: 'image',
        pointer: at,
        url: text(url),
        detail: detail === undefined ? 'auto' : text(detail),
      };
    }
    return { kind: 'other', pointer: at, json: text(part) };
  });
}

function callsOf(message: Json, pointer: string): ShownCall[] {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  const shown = calls.map((call: unknown, index) => {
    const called = isObject(call) && isObject(call.function) ? call.function : {};
    return {
      pointer: `${pointer}/tool_calls/${index}`,
      id: isObject(call) && typeof call.id === 'string' ? call.id : '',
      name: text(called.name ?? ''),
      args: indented(called.arguments),
    };
  });
  if (!isObject(message.function_call)) return shown;
  const { name, arguments: args } = message.function_call;
  return [
    ...shown,
    { pointer: `${pointer}/function_call`, id: '', name: text(name ?? ''), args: indented(args) },
  ];
}

/** Arguments as indented JSON when they are JSON, else as they are. */
function indented(args: unknown): string {
  if (typeof args !== 'string') return JSON.stringify(args, null, 2) ?? '';
  try {
    return JSON.stringify(JSON.parse(args), null, 2);
  } catch {
    return args;
  }
}

/** The tools an example declares: name and description. */
export function shownTools(value: unknown): { name: string; description: string; json: string }[] {
  const holder = isObject(value) && isObject(value.input) ? value.input : value;
  const tools = isObject(holder) && Array.isArray(holder.tools) ? holder.tools : [];
  return tools.map((tool: unknown) => {
    const definition = isObject(tool) && isObject(tool.function) ? tool.function : {};
    return {
      name: text(definition.name ?? ''),
      description: typeof definition.description === 'string' ? definition.description : '',
      json: JSON.stringify(tool, null, 2) ?? '',
    };
  });
}

/** A part of a text that a finding is about, or null when the finding is about the whole. */
export function markedPart(shown: string, found: string | null): { start: number; end: number } | null {
  if (found === null) return null;
  let needle = found;
  try {
    const parsed: unknown = JSON.parse(found);
    if (typeof parsed === 'string') needle = parsed;
  } catch {
    // What was found is not JSON, so it is looked for as it stands.
  }
  const start = needle === '' || needle === shown ? -1 : shown.indexOf(needle);
  return start < 0 ? null : { start, end: start + needle.length };
}
