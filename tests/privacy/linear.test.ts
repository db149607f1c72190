import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDetector } from '../../electron/features/privacy/word-lists.ts';
import { projectFolder } from '../helpers/project.ts';
import { hostileUnits } from './hostile.ts';

const detect = openDetector(join(projectFolder, 'resources', 'privacy'));

/*
 * What every expression reads is counted, not timed: from where it is set on to the end of its match, or to the end of
 * the text when there is none. All methods of strings and expressions go through `exec`.
 */
type Exec = (this: RegExp, text: string) => RegExpExecArray | null;
const exec = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')?.value as Exec;
let steps = 0;

beforeAll(() => {
  RegExp.prototype.exec = function counting(this: RegExp, text: string): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    steps += (match ? match.index + match[0].length : this.sticky ? from + 1 : text.length) - from + 1;
    return match;
  };
});
afterAll(() => {
  RegExp.prototype.exec = exec;
});

function stepsOf(text: string): number {
  steps = 0;
  detect(text);
  return steps;
}

test.each(hostileUnits)('%j repeated twice as often costs twice as much, not more', (unit) => {
  const text = unit.repeat(Math.ceil(20_000 / unit.length));
  const once = stepsOf(text);
  const twice = stepsOf(text + text);
  expect(once).toBeGreaterThan(text.length);
  expect(twice).toBeLessThan(once * 2.2);
  expect(once).toBeLessThan(text.length * 400);
});
