import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { QualityProfile } from '../../../shared/features/quality/quality.model.ts';
import type { GlossaryTerm } from '../../../shared/features/quality/signs/glossary.rules.ts';
import { tellUndoable } from '../../history.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useChangeTerm, useTerms } from './quality.queries.ts';

const kinds = [
  { value: 'forbidden', label: 'Forbidden' },
  { value: 'preferred', label: 'Preferred form' },
  { value: 'word', label: 'Spelt right' },
] as const;
type Kind = GlossaryTerm['kind'];

function TermForm() {
  const [kind, setKind] = useState<Kind>('forbidden');
  const [term, setTerm] = useState('');
  const [replacement, setReplacement] = useState('');
  const change = useChangeTerm();
  const isReady = term.trim() !== '' && (kind !== 'preferred' || replacement.trim() !== '');
  const add = (): void => {
    if (!isReady) return;
    const wanted = kind === 'word' || replacement.trim() === '' ? null : replacement.trim();
    change.mutate(
      { kind, term: term.trim(), replacement: wanted, isThere: true },
      {
        onSuccess: () => {
          setTerm('');
          setReplacement('');
        },
      },
    );
  };
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Select label="Kind" className="w-40" value={kind} onChange={setKind} options={kinds} />
        <TextField
          label={kind === 'preferred' ? 'Instead of' : 'Term'}
          value={term}
          onChange={setTerm}
          className="w-48"
        />
        {kind !== 'word' && (
          <TextField
            label={kind === 'preferred' ? 'Write' : 'Write instead (if anything)'}
            value={replacement}
            onChange={setReplacement}
            className="w-48"
          />
        )}
        <Button type="submit" isDisabled={!isReady} isPending={change.isPending}>
          Add term
        </Button>
      </div>
      {change.error && <ErrorLine error={change.error} />}
    </form>
  );
}

/** Words the dictionary does not know, with the way into the workspace's list. */
export function UnknownWords({ words }: { words: QualityProfile['unknownWords'] }) {
  const change = useChangeTerm();
  const terms = useTerms().data ?? [];
  const known = new Set(terms.filter(({ kind }) => kind === 'word').map(({ term }) => term.toLowerCase()));
  const left = words.filter(({ word }) => !known.has(word));
  return (
    <Table
      caption="Words no dictionary knows, in English examples"
      isCaptionShown
      maxHeight={320}
      rows={left}
      rowKey={({ word }) => word}
      empty="Every word is known."
      columns={[
        { id: 'word', header: 'Word', cell: ({ word }) => <span dir="auto">{word}</span> },
        { id: 'examples', header: 'Examples', align: 'end', cell: ({ examples }) => formatNumber(examples) },
        { id: 'suggestion', header: 'Perhaps', cell: ({ suggestion }) => suggestion ?? 'a name or a term' },
        {
          id: 'add',
          header: <span className="sr-only">Add</span>,
          align: 'end',
          cell: ({ word }) => (
            <Button
              size="compact"
              variant="quiet"
              aria-label={`Add to word list: ${word}`}
              onPress={() => change.mutate({ kind: 'word', term: word, replacement: null, isThere: true })}
            >
              Add to word list
            </Button>
          ),
        },
      ]}
    />
  );
}

/** The workspace's words: what is spelt right, what is preferred, what must not be used. */
export function Glossary({ profile }: { profile: QualityProfile | null }) {
  const query = useTerms();
  const change = useChangeTerm();
  return (
    <div className="space-y-6">
      <p className="max-w-prose text-sm text-muted">
        Terms hold for every data set of the workspace and count at the next analysis: forbidden and preferred
        ones in answers, words in the spelling of English examples.
      </p>
      <TermForm />
      <Loaded query={query}>
        {(terms) => (
          <Table
            caption="Glossary"
            rows={terms}
            rowKey={({ kind, term }) => `${kind} ${term}`}
            empty="No terms yet."
            columns={[
              { id: 'term', header: 'Term', cell: ({ term }) => <span dir="auto">{term}</span> },
              {
                id: 'kind',
                header: 'Kind',
                cell: ({ kind }) => kinds.find(({ value }) => value === kind)?.label,
              },
              { id: 'replacement', header: 'Write instead', cell: ({ replacement }) => replacement ?? '' },
              {
                id: 'remove',
                header: <span className="sr-only">Remove</span>,
                align: 'end',
                cell: (term) => (
                  <IconButton
                    label={`Remove ${term.term}`}
                    icon={<Trash2 aria-hidden />}
                    onPress={() =>
                      change.mutate(
                        { ...term, isThere: false },
                        { onSuccess: () => tellUndoable(`Removed “${term.term}”.`) },
                      )
                    }
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {profile && <UnknownWords words={profile.unknownWords} />}
    </div>
  );
}
