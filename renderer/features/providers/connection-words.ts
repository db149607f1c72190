import type { Connection, ConnectionModel } from '../../../shared/features/providers/providers.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';

/** How a connection stands, in a word or two. */
export function standingOf(connection: Connection): { words: string; tone: Tone } {
  if (connection.kind === 'practice') return { words: 'ready', tone: 'emerald' };
  if (connection.access?.isPresent === false) return { words: 'key missing', tone: 'amber' };
  if (connection.trainingBlock) return { words: 'training refused', tone: 'ruby' };
  if (!connection.lastTest) return { words: 'not tested', tone: 'neutral' };
  return connection.lastTest.isOk
    ? { words: 'works', tone: 'emerald' }
    : { words: 'does not work', tone: 'ruby' };
}

/** Where a key is kept, for people. */
export const placeWords = {
  keychain: 'in this computer’s keychain',
  safeStorage: 'encrypted by this computer',
  memory: 'in memory only, until Lapidary is closed',
} as const;

/** `•••• cdef`, or that there is none to show. */
export function keyWords(connection: Connection): string {
  if (!connection.access) return 'none needed';
  return connection.access.last4 ? `•••• ${connection.access.last4}` : '••••';
}

/** `12 days left`, `ended 3 days ago`, `no end announced`. */
export function endWords(model: ConnectionModel): string {
  const { daysLeft } = model;
  if (daysLeft === null) return 'no end announced';
  if (daysLeft < 0) return `ended ${formatCount(-daysLeft, 'day')} ago`;
  return daysLeft === 0 ? 'last day' : `${formatCount(daysLeft, 'day')} left`;
}

/** How urgent a model's end is. */
export function endToneOf(model: ConnectionModel): Tone {
  if (model.daysLeft === null) return 'neutral';
  if (model.daysLeft < 0) return 'ruby';
  return model.daysLeft <= 60 ? 'amber' : 'neutral';
}
