import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { chatLine } from '../helpers/datasets.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

/** How heavy the files are: bytes of one line, levels of nesting, lines with findings. */
export type Weight = { readonly lineBytes: number; readonly depth: number; readonly findings: number };

/** A file that no one should have to read, and how many rows it has. */
type Heavy = {
  readonly name: string;
  readonly rows: number;
  write(put: (text: string) => void, weight: Weight): void;
};

const good = `${chatLine('Where is it?', 'Here.')}\n`;
const piece = 'x'.repeat(1024 * 1024);
const opening = '{"messages":[{"role":"user","content":"';

const longText = (put: (text: string) => void, { lineBytes }: Weight): void => {
  for (let left = lineBytes; left > 0; left -= piece.length) put(piece);
};

function heavyFiles({ findings }: Weight): readonly Heavy[] {
  return [
    {
      name: 'long-line.jsonl',
      rows: 3,
      write(put, weight) {
        put(`${good}${opening}`);
        longText(put, weight);
        put(`"},{"role":"assistant","content":"a"}]}\n${good}`);
      },
    },
    {
      name: 'long-line-without-end.jsonl',
      rows: 2,
      write(put, weight) {
        put(good);
        longText(put, weight);
      },
    },
    {
      name: 'deep.jsonl',
      rows: 4,
      write(put, { depth }) {
        put(
          `${good}${'['.repeat(depth)}${']'.repeat(depth)}\n${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}\n`,
        );
        put(`{"messages":${'['.repeat(depth)}\n`);
      },
    },
    {
      name: 'findings.jsonl',
      rows: findings,
      write(put) {
        for (let at = 0; at < findings; at += 1)
          put(`{"messages":[{"role":"user","content":"${at}"}],"id":${at}}\n`);
      },
    },
    {
      name: 'quarantined.jsonl',
      rows: findings,
      write(put) {
        put(good);
        for (let at = 1; at < findings; at += 1) put(`{"messages":[${at}\n`);
      },
    },
  ];
}

/** What a command said on standard output, if it ended as it should. */
function run(argv: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30 - 1,
  });
  return { status, stdout, stderr };
}

type Said = {
  lines?: number;
  accepted?: number;
  quarantined?: readonly unknown[];
  read?: number;
  written?: number;
  skipped?: readonly unknown[];
};

/** What is wrong with how a command took a file; null when nothing is. */
function problemOf(rows: number, ended: ReturnType<typeof run>): string | null {
  const { status, stdout, stderr } = ended;
  if (status !== 0 && status !== 1) return `ended with ${status}: ${stderr.slice(-300)}`;
  if (/\n\s+at .*:\d+:\d+/.test(stderr)) return `showed a stack trace: ${stderr.slice(-300)}`;
  const said = JSON.parse(stdout) as Said;
  if (said.accepted !== undefined && said.accepted + (said.quarantined?.length ?? 0) !== rows)
    return `took ${said.accepted} and set aside ${said.quarantined?.length} of ${rows}`;
  if (
    said.read !== undefined &&
    (said.read !== rows || said.read !== (said.written ?? 0) + (said.skipped?.length ?? 0))
  )
    return `read ${said.read}, wrote ${said.written} and left out ${said.skipped?.length} of ${rows}`;
  return said.lines === undefined || said.lines === rows ? null : `counted ${said.lines} lines of ${rows}`;
}

/** Lets every command of the terminal read every heavy file; answers what went wrong. */
export function runHeavyFiles(weight: Weight, say: (line: string) => void = () => {}): string[] {
  const temp = createTempFolder();
  const problems: string[] = [];
  try {
    for (const heavy of heavyFiles(weight)) {
      const path = join(temp.folder, heavy.name);
      const out = join(temp.folder, 'out');
      mkdirSync(out, { recursive: true });
      const file = openSync(path, 'w');
      heavy.write((text) => void writeSync(file, text), weight);
      closeSync(file);
      const to = ['--from', 'openai-sft', '--to', 'sharegpt', join(out, heavy.name), '--force', '--json'];
      for (const argv of [
        ['check', path, '--json'],
        ['convert', path, ...to],
        ['scan', path, '--json'],
        ['duplicates', path, '--json'],
      ]) {
        const started = performance.now();
        const problem = problemOf(heavy.rows, run(argv));
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        say(`${argv[0]} ${heavy.name} (${statSync(path).size} bytes): ${problem ?? 'fine'}, ${seconds} s`);
        if (problem !== null) problems.push(`${argv[0]} ${heavy.name}: ${problem}`);
      }
      rmSync(path);
    }
    return problems;
  } finally {
    temp.remove();
  }
}
