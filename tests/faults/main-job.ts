import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { type Core, createCore } from '../../electron/core/create-core.ts';
import { createMemoryLog } from '../helpers/test-kit.ts';
import { createFileSecrets } from './file-secrets.ts';

/** Something the core has told its user; from then on it must never be lost. */
export type Acknowledged =
  | { kind: 'imported'; datasetId: string; exampleCount: number; quarantinedCount: number }
  | { kind: 'split'; datasetId: string; train: number; test: number }
  | { kind: 'launched'; jobId: string }
  | { kind: 'trained'; jobId: string; status: string; weightsSha256: string }
  | { kind: 'eval-started'; evalId: string }
  | { kind: 'evaluated'; evalId: string };

/** When to kill: `afterMs` after the program has begun its step number `step` (import, training or evaluation; from 0). */
export type KillMoment = { step: number; afterMs: number };

export type MainJobPlan = { home: string; dataFile: string; factsFile: string; rounds: number };

const child = join(import.meta.dirname, 'main-job-child.ts');

/** A data file with three lines for the quarantine: enough to train on, small enough for fifty kills. */
export function writeDataFile(file: string, examples: number): void {
  const topics = ['invoice', 'refund', 'delivery', 'password', 'outage'];
  const lines = Array.from({ length: examples }, (_, index) => {
    const topic = topics[index % topics.length];
    const user = `Ticket ${index}: please help with my ${topic} since order ${index * 7}.`;
    return JSON.stringify({
      messages: [
        { role: 'user', content: user },
        { role: 'assistant', content: topic },
      ],
    });
  });
  lines.splice(3, 0, '{"messages": [', '[]', '{"messages":[],"messages":[]}');
  writeFileSync(file, `${lines.join('\n')}\n`);
}

export type Death = 'done' | 'killed';

/** Starts the program and kills it at the given moment (never when null); tells how it ended. */
export async function runMainJob(plan: MainJobPlan, moment: KillMoment | null): Promise<Death> {
  const program: ChildProcess = fork(child, [JSON.stringify(plan)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  program.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  let begun = 0;
  program.on('message', () => {
    if (moment !== null && begun === moment.step) setTimeout(() => program.kill('SIGKILL'), moment.afterMs);
    begun += 1;
  });
  const { promise, resolve, reject } = Promise.withResolvers<Death>();
  program.on('exit', (code, signal) => {
    if (signal === 'SIGKILL') resolve('killed');
    else if (code === 0) resolve('done');
    else reject(new Error(`the program failed (${code ?? signal}): ${complaint}`));
  });
  return promise;
}

/** Everything acknowledged so far, oldest first; a last line cut by the kill was not acknowledged. */
export function readFacts(factsFile: string): Acknowledged[] {
  if (!existsSync(factsFile)) return [];
  const lines = readFileSync(factsFile, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Acknowledged);
}

/** Compares an open workspace with what was acknowledged; answers with every loss in words. */
export async function findLosses(client: Core['client'], facts: readonly Acknowledged[]): Promise<string[]> {
  const losses: string[] = [];
  const datasets = new Map((await client.datasets.list()).map((one) => [one.datasetId, one]));
  const jobs = new Map((await client.jobs.list()).map((one) => [one.id, one]));
  const evals = new Map((await client.evals.list({ jobId: null })).map((one) => [one.evalId, one]));
  const demand = (holds: boolean, loss: Acknowledged): void => {
    if (!holds) losses.push(`lost: ${JSON.stringify(loss)}`);
  };
  for (const fact of facts) {
    if (fact.kind === 'imported') {
      const { exampleCount, quarantinedCount } = datasets.get(fact.datasetId) ?? {};
      demand(exampleCount === fact.exampleCount && quarantinedCount === fact.quarantinedCount, fact);
    } else if (fact.kind === 'split') {
      demand(datasets.get(fact.datasetId)?.splitCounts.train === fact.train, fact);
    } else if (fact.kind === 'launched') demand(jobs.has(fact.jobId), fact);
    else if (fact.kind === 'trained') {
      const job = jobs.get(fact.jobId);
      demand(job?.status === fact.status && (job.weightsSha256 ?? '') === fact.weightsSha256, fact);
    } else if (fact.kind === 'eval-started') demand(evals.has(fact.evalId), fact);
    else demand(evals.get(fact.evalId)?.endedAt !== null, fact);
  }
  for (const one of datasets.values()) {
    if (one.exampleCount + one.quarantinedCount !== one.lineCount)
      losses.push(`half an import: ${one.datasetId}`);
  }
  return losses;
}

/** Opens the workspace as the next start of the program would and answers with everything that is not as promised. */
export async function inspect(plan: MainJobPlan, expectQuiet: boolean): Promise<string[]> {
  const ports = createNodePorts({
    appFolder: plan.home,
    secrets: createFileSecrets(join(plan.home, 'keys.json')),
  });
  const core = createCore({ ...ports, log: createMemoryLog() });
  try {
    const folder = join(plan.home, 'work');
    if (!existsSync(join(folder, 'workspace.db'))) return [];
    await core.client.workspaces.open({ folder, recoveryPhrase: null });
    const problems = await findLosses(core.client, readFacts(plan.factsFile));
    const history = await core.client.workspaces.verifyHistory();
    if (!history.isIntact) problems.push(`the event log is broken at ${history.brokenAtSeq}`);
    if (!(await core.client.egress.verify()).isIntact) problems.push('the ledger is broken');
    if (expectQuiet) problems.push(...(await findUnfinished(core.client, folder)));
    return problems;
  } finally {
    await core.close();
  }
}

/** What must not be left when the program had all the time it wanted. */
async function findUnfinished(client: Core['client'], folder: string): Promise<string[]> {
  const left: string[] = [];
  for (const task of await client.activity.list()) {
    if (task.endedAt === null) left.push(`stuck: ${task.title} is ${task.state}`);
  }
  for (const job of await client.jobs.list()) {
    if (job.status !== 'succeeded') left.push(`job ${job.id} ended as ${job.status}`);
  }
  if (existsSync(join(folder, 'staging'))) left.push('a staging folder was left behind');
  return left;
}
