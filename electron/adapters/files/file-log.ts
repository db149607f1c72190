import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import electronLog from 'electron-log/node.js';
import type { Log } from '../../core/ports.ts';
import { redactText, redactValue } from './redaction.ts';

const maxFileBytes = 2 * 1024 ** 2;
const keptFiles = 3;

/** Where the log of an app folder lies. */
export function logFileOf(appFolder: string): string {
  return join(appFolder, 'logs', 'lapidary.log');
}

/** A log in the app folder: one JSON object a line, redacted, readable by its owner, rotated at 2 MiB, 3 old files. */
export function createFileLog(appFolder: string): Log {
  const file = logFileOf(appFolder);
  const logger = electronLog.create({ logId: appFolder });
  logger.transports.console.level = false;
  if (logger.transports.ipc) logger.transports.ipc.level = false;
  const transport = logger.transports.file;
  transport.resolvePathFn = () => file;
  transport.maxSize = maxFileBytes;
  transport.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  transport.archiveLogFn = () => rotate(file);
  transport.format = ({ message }) => [String(message.data[0])];
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (text: string, detail: Record<string, unknown> = {}): void => {
      const clean = redactValue(detail) as Record<string, unknown>;
      const at = new Date().toISOString();
      logger[level](JSON.stringify({ at, level, message: redactText(text), ...clean }));
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function rotate(file: string): void {
  rmSync(`${file}.${keptFiles}`, { force: true });
  for (let age = keptFiles - 1; age >= 0; age -= 1) {
    const from = age === 0 ? file : `${file}.${age}`;
    try {
      renameSync(from, `${file}.${age + 1}`);
    } catch {
      // There is no file of this age yet.
    }
  }
}
