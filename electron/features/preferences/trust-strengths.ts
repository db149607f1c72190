import { bradleyTerry, mostPlayers } from '../../../shared/features/preferences/strength.rules.ts';
import type { TrustStrengths } from '../../../shared/features/preferences/trust.model.ts';
import type { Db } from '../../core/ports.ts';
import { createNumbers } from './trust-agreement.ts';
import { type GivenRow, sourceOf, type Texts } from './trust.sql.ts';

type Meeting = { readonly one: string; readonly other: string; readonly outcome: number };
type Shown = Extract<TrustStrengths, { state: 'shown' }>;

const fewestAnswers = 3;
const mostPrompts = 20;
const mostPairsNamed = 1000;

/** Who wins how often: sources over the whole set, and the answers of prompts that have several. */
export function strengthsOf(db: Db, rows: readonly GivenRow[], texts: Texts): TrustStrengths {
  const looked = rows.filter(({ b, isRepeat, choice }) => b !== null && isRepeat === 0 && choice !== null);
  if (looked.length === 0) return { state: 'none', why: 'no_verdicts' };
  const names = new Map<number, string>();
  const nameOf = (id: number): string => {
    const name = names.get(id) ?? sourceOf(db, id);
    names.set(id, name);
    return name;
  };
  const met = looked.map((row) => meetingOf(row, nameOf));
  const sources = new Set(met.flatMap(({ one, other }) => [one, other]));
  if (sources.size > mostPlayers) return { state: 'none', why: 'too_many' };
  if (met.every(({ one, other }) => one === other)) return { state: 'none', why: 'one_source' };
  return { state: 'shown', sources: ranked(met), prompts: promptsOf(looked, { texts, nameOf }) };
}

function meetingOf({ a, b, choice }: GivenRow, nameOf: (id: number) => string): Meeting {
  const outcome = choice === 'a' ? 1 : choice === 'b' ? -1 : 0;
  return { one: nameOf(a), other: nameOf(b ?? a), outcome };
}

/** Strengths of all who met, the strongest first. */
function ranked(all: readonly Meeting[]): Shown['sources'] {
  const met = all.filter(({ one, other }) => one !== other);
  const numbers = createNumbers<string>();
  const firsts = Int32Array.from(met, ({ one }) => numbers.of(one));
  const seconds = Int32Array.from(met, ({ other }) => numbers.of(other));
  const outcomes = Int8Array.from(met, ({ outcome }) => outcome);
  const names = [...new Set(met.flatMap(({ one, other }) => [one, other]))];
  const fit = bradleyTerry({ players: numbers.count, firsts, seconds, outcomes });
  const players = names.flatMap((name) => {
    const found = fit.players[numbers.of(name)];
    return found ? [{ ...found, name }] : [];
  });
  return {
    players: players.toSorted((one, other) => other.strength.estimate - one.strength.estimate),
    message: fit.message,
    comparisons: met.length,
  };
}

function promptsOf(
  rows: readonly GivenRow[],
  { texts, nameOf }: { texts: Texts; nameOf: (id: number) => string },
): Shown['prompts'] {
  const byPrompt = [...Map.groupBy(rows, ({ promptId }) => promptId)].filter(
    ([, own]) => new Set(own.flatMap(({ a, b }) => [a, b])).size >= fewestAnswers,
  );
  return byPrompt
    .toSorted(([, one], [, other]) => other.length - one.length)
    .slice(0, mostPrompts)
    .map(([promptId, own]) => ({
      // One source may have written several answers to a prompt: they are told apart by their text.
      ...ranked(own.map((row) => meetingOf(row, (id) => `${nameOf(id)}: ${texts.answer(id).preview}`))),
      prompt: texts.prompt(promptId).preview,
      pairIds: [...new Set(own.map(({ pairId }) => pairId))].slice(0, mostPairsNamed),
    }));
}
