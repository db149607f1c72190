import { z } from 'zod';

/** Chat message parts and messages as in the platform's training files (platform reference 2.1, 2.2). */
export const textPart = z.object({ type: z.literal('text'), text: z.string() });
export const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string(), detail: z.enum(['low', 'high', 'auto']).optional() }),
});
export const contentPart = z.union([textPart, imagePart]);
export const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
export const functionDefinition = z.object({
  name: z.string(),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  strict: z.boolean().nullable().optional(),
});
export const toolDefinition = z.object({ type: z.literal('function'), function: functionDefinition });

const content = z.union([z.string(), z.array(contentPart), z.null()]).optional();

export const chatMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content,
  name: z.string().optional(),
  weight: z.union([z.literal(0), z.literal(1)]).optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
  refusal: z.string().nullable().optional(),
  function_call: z.object({ name: z.string(), arguments: z.string() }).optional(),
});
export type ChatMessage = z.infer<typeof chatMessage>;
export type ToolCall = z.infer<typeof toolCall>;
export type ToolDefinition = z.infer<typeof toolDefinition>;
export type ContentPart = z.infer<typeof contentPart>;

/** One line of an SFT training file (platform reference 2.1). */
export const sftExample = z.object({
  messages: z.array(chatMessage).min(1),
  tools: z.array(toolDefinition).optional(),
  parallel_tool_calls: z.boolean().optional(),
  functions: z.array(functionDefinition).optional(),
});
export type SftExample = z.infer<typeof sftExample>;

export const severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof severity>;

export const splitName = z.enum(['train', 'validation', 'test']);
export type SplitName = z.infer<typeof splitName>;

/** A safe correction: what it does in words; applying it is one undoable event. */
export const findingFix = z.object({ kind: z.string(), label: z.string() });

/** What a rule found: place (1-based physical line, RFC 6901 pointer), what was expected and found. */
export const finding = z.object({
  code: z.string(),
  severity,
  line: z.number().int().nonnegative(),
  pointer: z.string(),
  message: z.string(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  fix: findingFix.nullable(),
});
export type Finding = z.infer<typeof finding>;

/** A line that could not become an example; nothing is dropped silently. `line` is 1-based. */
export const quarantinedLine = z.object({
  line: z.number().int().positive(),
  byteOffset: z.number().int().nonnegative(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
});
export type QuarantinedLine = z.infer<typeof quarantinedLine>;

/** How many findings there are per severity. */
export const findingCounts = z.object({
  error: z.number().int(),
  warning: z.number().int(),
  info: z.number().int(),
});
export type FindingCounts = z.infer<typeof findingCounts>;
