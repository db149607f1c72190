import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AppFailure } from '../../../shared/failures.ts';
import type { DialogOptions, Dialogs } from '../../core/ports.ts';

/** One question to the user in terms that every platform's dialog program has. */
export type Question =
  | ({ kind: 'open' } & DialogOptions)
  | { kind: 'folder'; title: string }
  | ({ kind: 'save'; suggestedName: string } & DialogOptions);

/** How to ask with one program: its arguments, and the answer's path from what it printed. */
export type DialogProgram = { name: string; args(question: Question): string[] };

const patterns = (extensions: readonly string[]): string[] => extensions.map((one) => `*.${one}`);

const zenity: DialogProgram = {
  name: 'zenity',
  args(question) {
    const args = ['--file-selection', `--title=${question.title}`];
    if (question.kind === 'folder') return [...args, '--directory'];
    if (question.kind === 'save') args.push('--save', `--filename=${question.suggestedName}`);
    if (question.extensions.length > 0) args.push(`--file-filter=${patterns(question.extensions).join(' ')}`);
    return args;
  },
};

const kdialog: DialogProgram = {
  name: 'kdialog',
  args(question) {
    const title = ['--title', question.title];
    if (question.kind === 'folder') return [...title, '--getexistingdirectory', '.'];
    const filter = patterns(question.extensions).join(' ') || '*';
    if (question.kind === 'save') return [...title, '--getsavefilename', question.suggestedName, filter];
    return [...title, '--getopenfilename', '.', filter];
  },
};

const appleScript = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

const osascript: DialogProgram = {
  name: 'osascript',
  args(question) {
    const prompt = `with prompt ${appleScript(question.title)}`;
    if (question.kind === 'folder') return ['-e', `POSIX path of (choose folder ${prompt})`];
    if (question.kind === 'save') {
      const name = appleScript(question.suggestedName);
      return ['-e', `POSIX path of (choose file name ${prompt} default name ${name})`];
    }
    const types = question.extensions.map(appleScript).join(', ');
    return ['-e', `POSIX path of (choose file ${prompt}${types ? ` of type {${types}}` : ''})`];
  },
};

const powerShellText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const powershell: DialogProgram = {
  name: 'powershell.exe',
  args(question) {
    const title = powerShellText(question.title);
    const lines = ['Add-Type -AssemblyName System.Windows.Forms'];
    if (question.kind === 'folder') {
      lines.push('$d = New-Object System.Windows.Forms.FolderBrowserDialog', `$d.Description = ${title}`);
    } else {
      const kind = question.kind === 'save' ? 'SaveFileDialog' : 'OpenFileDialog';
      lines.push(`$d = New-Object System.Windows.Forms.${kind}`, `$d.Title = ${title}`);
      const filter = patterns(question.extensions).join(';');
      if (filter) lines.push(`$d.Filter = ${powerShellText(`${filter}|${filter}|*.*|*.*`)}`);
      if (question.kind === 'save') lines.push(`$d.FileName = ${powerShellText(question.suggestedName)}`);
    }
    const answer = question.kind === 'folder' ? '$d.SelectedPath' : '$d.FileName';
    lines.push('[Console]::OutputEncoding = [Text.Encoding]::UTF8');
    lines.push(`if ($d.ShowDialog() -eq 'OK') { Write-Output ${answer} } else { exit 1 }`);
    return ['-NoProfile', '-STA', '-Command', lines.join('; ')];
  },
};

/** The dialog programs to look for on a platform, best first; none without a display. */
export function dialogPrograms(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): DialogProgram[] {
  if (platform === 'win32') return [powershell];
  if (platform === 'darwin') return [osascript];
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return [];
  return env.XDG_CURRENT_DESKTOP?.includes('KDE') ? [kdialog, zenity] : [zenity, kdialog];
}

/** Native dialogs through the platform's own programs; throws DIALOG_UNAVAILABLE where there are none. */
export function createPlatformDialogs(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Dialogs {
  const ask = async (question: Question): Promise<string | null> => {
    for (const program of dialogPrograms(platform, env)) {
      const path = findProgram(program.name, env);
      if (path) return runDialog(path, program.args(question), env);
    }
    throw new AppFailure('DIALOG_UNAVAILABLE', {
      what: 'This system offers no file dialog.',
      todo: 'Drop the file into the window, or type its path.',
      retry: 'never',
    });
  };
  return {
    openFile: (options) => ask({ kind: 'open', ...options }),
    openFolder: (options) => ask({ kind: 'folder', ...options }),
    saveFile: (options) => ask({ kind: 'save', ...options }),
  };
}

function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** The printed path; null when the user cancelled, which every program reports by a non-zero end. */
function runDialog(
  program: string,
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  execFile(program, args, { env: { ...env }, encoding: 'utf8' }, (error, printed) => {
    const path = printed.replace(/\r?\n$/, '');
    resolve(error || path === '' ? null : path);
  });
  return promise;
}
