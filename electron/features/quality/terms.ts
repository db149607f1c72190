import type { qualityContract } from '../../../shared/features/quality/quality.contract.ts';
import type { GlossaryTerm } from '../../../shared/features/quality/signs/glossary.rules.ts';
import type { Operation } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { listTerms, setTerm } from './quality.sql.ts';

type TermArgs = { kind: GlossaryTerm['kind']; term: string; replacement: string | null; isThere: boolean };

/** Puts a term there as given, or takes it away. */
const setTo = (term: GlossaryTerm, isThere: boolean): Operation => ({
  kind: 'quality.set-term',
  args: { ...term, isThere } satisfies TermArgs,
});

type TermHandlers = Pick<Handlers<typeof qualityContract>, 'terms' | 'putTerm' | 'removeTerm'>;

/** The words and terms of the workspace; every change is one event that can be undone. */
export function createTermHandlers(kit: Kit): TermHandlers {
  kit.events.register('quality.set-term', (db, { isThere, replacement, ...term }: TermArgs) => {
    setTerm(db, { ...term, replacement: isThere ? replacement : undefined });
  });
  const change = async (term: GlossaryTerm, isThere: boolean): Promise<void> => {
    await kit.workspace.require().write((db) => {
      const before = listTerms(db).find((one) => one.kind === term.kind && one.term === term.term);
      if (!isThere && !before) return;
      const words = term.kind === 'word' ? 'word list' : 'glossary';
      kit.events.run(db, {
        feature: 'quality',
        kind: isThere ? 'quality.term-put' : 'quality.term-removed',
        label: isThere ? `put “${term.term}” into the ${words}` : `take “${term.term}” out of the ${words}`,
        forward: setTo(term, isThere),
        inverse: setTo(before ?? term, before !== undefined),
      });
    });
    kit.changes.emit('quality');
  };
  return {
    terms: () => listTerms(kit.workspace.require().db),
    async putTerm(term) {
      await change(term, true);
      return {};
    },
    async removeTerm({ kind, term }) {
      await change({ kind, term, replacement: null }, false);
      return {};
    },
  };
}
