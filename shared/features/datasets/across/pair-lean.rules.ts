import { toPreferencePair } from '../dpo/preference-keys.ts';
import { textOf } from '../example-facts.ts';
import type { JsonObject } from '../read-line.ts';
import { createReport, isObject, oneFinding } from '../sft/check-context.ts';
import type { AcrossCheck, RowNote } from './across-rows.ts';

const leanShare = 0.9;
const leanRows = 10;

/** Finds whether the preferred answer is nearly always the longer one, and pairs that other rows prefer the other way. */
export function createPairLean(hash: (text: string) => Uint8Array): AcrossCheck {
  const seen = new Map<string, { row: number; isFirst: boolean }>();
  const reversed: RowNote[] = [];
  let [pairs, longer] = [0, 0];
  return {
    add(row, example) {
      const sides = sidesOf(example);
      if (!sides || sides.better === sides.worse) return;
      if (sides.better.length !== sides.worse.length) {
        pairs += 1;
        if (sides.better.length > sides.worse.length) longer += 1;
      }
      const isFirst = sides.better < sides.worse;
      const both = isFirst ? [sides.better, sides.worse] : [sides.worse, sides.better];
      const key = keyOf(hash(JSON.stringify([sides.prompt, ...both])));
      const known = seen.get(key);
      if (!known) seen.set(key, { row, isFirst });
      else if (known.isFirst !== isFirst)
        reversed.push(reversedNote(row, known.row), reversedNote(known.row, row));
    },
    finish() {
      const { report, findings } = createReport();
      if (pairs >= leanRows && longer / pairs >= leanShare) {
        report('preferred_longer', '', {
          message: `In ${Math.round((100 * longer) / pairs)} % of ${pairs} pairs the preferred answer is the longer one; the model may learn length instead of quality.`,
          expected: 'preferred answers of both kinds',
          found: `${longer} of ${pairs}`,
        });
      }
      return { rows: reversed, whole: findings };
    },
  };
}

/** 16 bytes of a hash as a key of a map, at a third of the memory of its hexadecimal form. */
function keyOf(hash: Uint8Array): string {
  return String.fromCharCode(...hash.subarray(0, 16));
}

function reversedNote(row: number, related: number): RowNote {
  const finding = oneFinding('preference_reversed', '/preferred_output', {
    message: 'Another row prefers the other one of the same two answers to the same prompt.',
    expected: 'one preference per pair',
  });
  return { row, related, finding };
}

function sidesOf(example: JsonObject): { prompt: unknown; better: string; worse: string } | null {
  const pair = Object.hasOwn(example, 'preferred_output') ? example : toPreferencePair(example);
  if (!pair) return null;
  const [better, worse] = [sideText(pair.preferred_output), sideText(pair.non_preferred_output)];
  if (better === null || worse === null) return null;
  return { prompt: isObject(pair.input) ? pair.input.messages : pair.input, better, worse };
}

function sideText(side: unknown): string | null {
  const [message] = Array.isArray(side) ? side : [];
  if (!isObject(message)) return null;
  return Array.isArray(message.tool_calls) ? JSON.stringify(message.tool_calls) : textOf(message).trim();
}
