import type { JudgingPair } from '../../../shared/features/preferences/preferences.model.ts';
import { verdictText } from './preference-words.tsx';

/** What the others said of a pair, for whoever settles it. */
export function OtherVerdicts({ pair }: { pair: JudgingPair }) {
  return (
    <section
      aria-label="Verdicts of others"
      className="max-h-32 shrink-0 overflow-auto border-t border-amber-line bg-amber-soft px-5 py-2 text-sm"
    >
      {pair.others.length === 0 ? (
        <p>Nobody else has judged this pair.</p>
      ) : (
        <ul className="flex flex-wrap gap-x-8 gap-y-1">
          {pair.others.map(({ verdictId, reviewer, note, ...verdict }) => (
            <li key={verdictId} className="min-w-0">
              <span className="text-muted">{reviewer}:</span>{' '}
              <span className="font-medium">{verdictText(verdict)}</span>
              {note && <span className="block max-w-prose break-words text-muted">“{note}”</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
