import { z } from 'zod';
import { severity } from './datasets.model.ts';
import { reviewState } from './review.model.ts';
import { textPattern } from './text-pattern.ts';

/** Kinds of values a filter can ask for or exclude; patterns are searched for in the texts of messages. */
const filterLists = z.object({
  codes: z.array(z.string()),
  severities: z.array(severity),
  splits: z.array(z.enum(['train', 'validation', 'test', 'unassigned'])),
  tags: z.array(z.string()),
  labels: z.array(z.string()),
  /** Roles of messages and names of tools, declared or called. */
  roles: z.array(z.string()),
  tools: z.array(z.string()),
  statuses: z.array(reviewState),
  reviewers: z.array(z.string()),
  comments: z.array(z.enum(['open', 'resolved'])),
  /** What is known about the import a row came with, as `field=value`; see provenance-words.ts. */
  provenance: z.array(z.string()).default([]),
  patterns: z.array(textPattern).max(4),
});
export type FilterLists = z.infer<typeof filterLists>;

/** No list asks for anything. */
export const noLists: FilterLists = {
  codes: [],
  severities: [],
  splits: [],
  tags: [],
  labels: [],
  roles: [],
  tools: [],
  statuses: [],
  reviewers: [],
  comments: [],
  provenance: [],
  patterns: [],
};

/** What to show; every part narrows, lists mean "any of these", `without` lists mean "none of these". */
export const exampleFilter = filterLists.extend({
  text: z.string().max(400),
  without: filterLists,
  tokens: z.object({ min: z.number().int().nullable(), max: z.number().int().nullable() }),
  messages: z.object({ min: z.number().int().nullable(), max: z.number().int().nullable() }),
  isEdited: z.boolean().nullable(),
});
export type ExampleFilter = z.infer<typeof exampleFilter>;

/** The filter that hides nothing. */
export const everything: ExampleFilter = {
  ...noLists,
  text: '',
  without: noLists,
  tokens: { min: null, max: null },
  messages: { min: null, max: null },
  isEdited: null,
};

/** `relevance` is how well a searched text fits, best first whatever the direction; without a search it is `position`. */
export const exampleOrder = z.object({
  by: z.enum(['position', 'tokens', 'findings', 'relevance']),
  isDescending: z.boolean(),
});
export type ExampleOrder = z.infer<typeof exampleOrder>;
