import { datasetInfo } from './llama-factory.codec.ts';
import { isObject, parseJson } from './json-values.ts';
import type { ExampleMethod, TargetName } from './formats.model.ts';

/** What is known of a written file when the files beside it are made. */
export type WrittenFile = {
  readonly fileName: string;
  readonly method: ExampleMethod | null;
  readonly columns: ReadonlySet<string>;
};

/** The file that a target needs beside its rows; null for most. */
export function companionName(target: TargetName): string | null {
  if (target === 'llama-factory') return 'dataset_info.json';
  return target === 'axolotl' ? 'axolotl-datasets.yml' : null;
}

/**
 * The text of a target's companion. LLaMA-Factory's names all data sets of a folder, so entries that are there already
 * are kept; null when what is there cannot be understood.
 */
export function companionText(
  target: TargetName,
  files: readonly WrittenFile[],
  existing: string | null,
): string | null {
  if (target === 'axolotl') return axolotlConfig(files);
  const before = existing === null ? {} : parseJson(existing.replace(/^\uFEFF/, ''));
  if (!isObject(before)) return null;
  const entries = files.map(({ fileName, method, columns }) => [
    fileName.replace(/\.[^.]+$/, ''),
    datasetInfo(fileName, { isPair: method === 'dpo', columns }),
  ]);
  return `${JSON.stringify({ ...before, ...Object.fromEntries(entries) }, null, 2)}\n`;
}

const axolotlKinds = {
  sft: ['type: chat_template', 'field_messages: messages', 'message_field_training: train'],
  dpo: [
    'type: chat_template.default',
    'field_messages: messages',
    'field_chosen: chosen',
    'field_rejected: rejected',
  ],
  rft: ['# Tasks for GRPO: name your own transform here.', 'type: rewards.transform'],
} as const;

function axolotlConfig(files: readonly WrittenFile[]): string {
  const entries = files.flatMap(({ fileName, method }) => [
    `  - path: ${JSON.stringify(fileName)}`,
    '    ds_type: json',
    ...axolotlKinds[method ?? 'sft'].map((line) => `    ${line}`),
  ]);
  const head = files.some(({ method }) => method === 'dpo') ? ['rl: dpo'] : [];
  return `${[...head, 'datasets:', ...entries].join('\n')}\n`;
}
