import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const bundle = join(projectFolder, process.env.LAPIDARY_OUT ?? 'out', 'main', 'app-window.js');
const program = `import(${JSON.stringify(pathToFileURL(bundle).href)})
  .then(({ runAppWindow }) => runAppWindow(['--headless']))
  .then((code) => { process.exitCode = code; });`;

/** Whether this machine lets one process trace another. */
function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-e', 'trace=network', '-o', '/dev/null', 'true']).status === 0;
}

/** All the text of all files under `folder` whose name ends in .log. */
function logsIn(folder: string): string {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.log'),
  );
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

/**
 * Thread ids of the process `core`, from a recording with `clone` in it. A call that another thread interrupted stands
 * on two lines: the flags on the first, the new thread's id on the second.
 */
function threadsOf(lines: readonly string[], core: number): Set<number> {
  const threads = new Set([core]);
  const begun = new Map<number, boolean>();
  for (const line of lines) {
    const call = /^(\d+) +(?:<\.\.\. )?clone3?\b.*?(?:= (\d+)|<unfinished \.\.\.>)/.exec(line);
    if (!call) continue;
    const caller = Number(call[1]);
    const isThread =
      line.includes('CLONE_THREAD') || (line.includes('resumed') && begun.get(caller) === true);
    if (call[2] === undefined) begun.set(caller, isThread);
    else if (isThread && threads.has(caller)) threads.add(Number(call[2]));
  }
  return threads;
}

/** Listening sockets that are not files of this machine (Chromium has one of those, to be found by a second start). */
function listeningOnPorts(lines: readonly string[]): string[] {
  const bound = new Map<string, string>();
  const found: string[] = [];
  for (const line of lines) {
    const call = /\b(bind|listen)\((\d+), /.exec(line);
    if (call?.[1] === 'bind') bound.set(call[2] ?? '', line);
    if (call?.[1] === 'listen' && !bound.get(call[2] ?? '')?.includes('AF_UNIX')) found.push(line);
  }
  return found;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}

test('started offline, the core opens no internet socket and nothing listens', async () => {
  test.skip(
    !canTrace(),
    'no socket was recorded: strace is missing or not allowed here (apt-get install strace)',
  );
  const temp = createTempFolder();
  const trace = join(temp.folder, 'trace');
  const home = join(temp.folder, 'home');
  const tracing = [
    '-f',
    '-e',
    'trace=network,clone,clone3',
    '-o',
    trace,
    process.execPath,
    '--eval',
    program,
  ];
  const child = spawn('strace', tracing, {
    env: { ...process.env, LAPIDARY_HOME: home, LAPIDARY_SECRETS: 'memory' },
    stdio: 'ignore',
  });
  const exit = exitOf(child);
  try {
    await expect.poll(() => logsIn(home), { timeout: 40_000 }).toContain('the window is connected');
    const core = Number(/^(\d+)/.exec(readFileSync(trace, 'utf8'))?.[1]);
    process.kill(core, 'SIGTERM');
    expect(await exit).toBe(0);

    const lines = readFileSync(trace, 'utf8').split('\n');
    const threads = threadsOf(lines, core);
    const ofCore = lines.filter((line) => threads.has(Number.parseInt(line, 10)));
    expect(threads.size).toBeGreaterThan(4);
    expect(lines.filter((line) => /\bsocket/.test(line)).length).toBeGreaterThan(5);
    expect(listeningOnPorts(lines)).toEqual([]);
    expect(ofCore.filter((line) => /AF_INET6?\b/.test(line))).toEqual([]);
    // Chromium asks the kernel which address it would use (a datagram socket that sends nothing); it connects to no one.
    expect(lines.filter((line) => /\bsocket\(AF_INET6?, SOCK_STREAM/.test(line))).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    temp.remove();
  }
});
