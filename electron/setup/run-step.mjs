// Runs one command of the checks in a process group of its own, so that nothing it started outlives it.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { project } from './stamp.mjs';

const bin = join(project, 'node_modules', '.bin');
const running = new Set();

function stop(child) {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

function stopAll() {
  for (const child of running) stop(child);
}

process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(1));
}

/** Runs `command` with Node 24 first on the path; answers exit code and output. Ends it after `limitMinutes`. */
export function run(command, { limitMinutes, env = {} }) {
  const [program, ...argumentsList] = command;
  const { promise, resolve } = Promise.withResolvers();
  const child = spawn(program, argumentsList, {
    cwd: project,
    env: { ...process.env, FORCE_COLOR: '0', ...env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
  });
  running.add(child);
  let output = '';
  const add = (text) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const limit = setTimeout(() => {
    add(`\nStopped after ${limitMinutes} minutes.\n`);
    stop(child);
  }, limitMinutes * 60_000);
  const end = (code) => {
    clearTimeout(limit);
    stop(child);
    running.delete(child);
    resolve({ code, output });
  };
  child.on('error', (error) => {
    add(String(error));
    end(1);
  });
  // What it still has to say is read to its end, but not for ever: a program that left the group may hold the pipe.
  child.on('exit', (code) => {
    stop(child);
    const patience = setTimeout(() => end(code ?? 1), 2000);
    child.on('close', () => {
      clearTimeout(patience);
      end(code ?? 1);
    });
  });
  return promise;
}
