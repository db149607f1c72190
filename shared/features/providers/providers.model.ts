import { z } from 'zod';

/** `practice` is embedded and free; `openai` is OpenAI itself; `compatible` any server with the same API. */
export const connectionKind = z.enum(['practice', 'openai', 'compatible']);
export type ConnectionKind = z.infer<typeof connectionKind>;
