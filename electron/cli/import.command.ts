import { grouped } from '../../shared/features/costs/money.ts';
import {
  type Command,
  exitCodes,
  onlyFile,
  readArguments,
  type Surroundings,
  wrongUsage,
} from './command.ts';
import { openWorkspace, withCore } from './core-session.ts';
import { readingFile } from './input-file.ts';
import { importFile, readRecipe } from './workspace-data.ts';

const options = {
  workspace: { type: 'string', short: 'w' },
  name: { type: 'string' },
  recipe: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const help = `Imports a file into a workspace, checked and counted; bad rows go to quarantine.
JSONL, JSON, CSV, TSV, XLSX, Parquet, PDF or text, also as .gz or .zip; known shapes are recognised.

Usage: lapidary import FILE --workspace DIR [OPTIONS]

  -w, --workspace DIR  Folder of the workspace, made when there is none
      --name NAME      Name of the data set (default: the file's)
      --recipe FILE    How rows become examples: a recipe that the window has written
      --json           The data set as one JSON object instead of text

Exit codes: 0 fine, 1 findings of error severity or quarantined lines, 2 wrong usage or unreadable input.`;

/** `lapidary import`: a file becomes a data set of a workspace. */
export const importCommand: Command = { help, run };

function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const file = onlyFile(positionals);
  if (file === undefined) throw wrongUsage('A FILE is needed');
  if (values.workspace === undefined) throw wrongUsage('--workspace DIR is needed');
  // Before a workspace is made for nothing.
  readingFile(file, () => {});
  const recipe = values.recipe === undefined ? null : readRecipe(values.recipe);
  return withCore(surroundings, async (session) => {
    await openWorkspace(session, values.workspace, true);
    const dataset = await importFile(session, { path: file, name: values.name ?? null, recipe });
    const { error, warning } = dataset.findingCounts;
    const { terminal } = surroundings;
    if (values.json) await terminal.out(JSON.stringify(dataset));
    else {
      await terminal.out(`${terminal.style('bold', dataset.name)}  ${dataset.datasetId}`);
      await terminal.out(
        `  ${grouped(dataset.lineCount)} lines, ${grouped(dataset.exampleCount)} accepted, ${grouped(dataset.quarantinedCount)} quarantined`,
      );
      await terminal.out(
        `  ${grouped(dataset.tokenTotal)} tokens, ${grouped(error)} errors, ${grouped(warning)} warnings`,
      );
    }
    return dataset.quarantinedCount > 0 || error > 0 ? exitCodes.findings : exitCodes.fine;
  });
}
