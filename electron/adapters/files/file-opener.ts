import { spawn } from 'node:child_process';
import type { FileOpener } from '../../core/ports.ts';

/** The platform's program that opens a file as a double click would. */
export function openerProgram(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'open';
  return platform === 'win32' ? 'explorer.exe' : 'xdg-open';
}

const patienceMs = 3000;

/**
 * Opens files through `program`. False when it is missing or fails at once; a program that still runs after three
 * seconds has found somebody to show the file. Explorer ends with 1 even when all is well.
 */
export function createFileOpener(program: string = openerProgram(process.platform)): FileOpener {
  return {
    open(path) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
      const timer = setTimeout(() => resolve(true), patienceMs);
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0 || program === 'explorer.exe'));
      child.unref();
      return promise.finally(() => clearTimeout(timer));
    },
  };
}
