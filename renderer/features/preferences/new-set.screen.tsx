import { useState } from 'react';
import { z } from 'zod';
import type {
  PreferenceKind,
  PreferenceSource,
} from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { firstSettings, type SetDraft, settingsOfDraft } from './set-draft.ts';
import { SetPreview } from './set-preview.tsx';
import { SettingsForm } from './settings-form.tsx';
import { type Asking, SourceForm } from './source-form.tsx';
import { GenerationAside } from './generation-aside.tsx';
import { useCreateSet, usePreview } from './preferences.queries.ts';

const address = z.object({
  dataset: z.string().catch('').default(''),
  eval: z.string().catch('').default(''),
});

const kinds = [
  { value: 'pairs', label: 'Pairs', description: 'Which of two answers is better?' },
  { value: 'ratings', label: 'Single answers', description: 'How good is this one? One to five stars.' },
] as const;

function NewSetPage() {
  const [from] = useSearchState(address);
  const [source, setSource] = useState<PreferenceSource | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [kind, setKind] = useState<PreferenceKind>('pairs');
  const [name, setName] = useState('');
  const [draft, setDraft] = useState<SetDraft>(firstSettings);
  const preview = usePreview(source, kind);
  const create = useCreateSet();
  const go = useGo();
  const found = preview.data ?? null;
  const usedName = name.trim() || found?.sourceName || '';
  const isReady = source !== null && found !== null && found.pairs > 0;
  const make = (): void => {
    if (!source || !isReady) return;
    create.mutate(
      { name: usedName.slice(0, 120), kind, source, settings: settingsOfDraft(draft) },
      { onSuccess: ({ setId }) => go(`/preferences/${setId}`, { replace: true }) },
    );
  };
  return (
    <>
      <PageHead title="New set" crumbs={[{ label: 'Preferences', href: '/preferences' }]} />
      <PageBody width="full">
        <div className="grid max-w-6xl gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0 space-y-10">
            <Section title="Where the answers come from">
              <SourceForm given={from} onSource={setSource} onAsking={setAsking} />
            </Section>
            <Section title="What is judged">
              <RadioGroup
                label="What is judged"
                isLabelHidden
                orientation="horizontal"
                options={kinds}
                value={kind}
                onChange={setKind}
              />
            </Section>
            <Section title="How it is judged">
              <SettingsForm draft={draft} onChange={setDraft} />
            </Section>
          </div>
          <aside aria-label="What the set will hold" className="min-w-0">
            <div className="space-y-5 lg:sticky lg:top-0">
              {asking ? (
                <GenerationAside
                  request={asking.request}
                  kind={kind}
                  name={name}
                  onName={setName}
                  draft={draft}
                />
              ) : (
                <>
                  <SetPreview query={preview} draft={draft} kind={kind} isChosen={source !== null} />
                  <TextField
                    label="Name"
                    value={name}
                    onChange={(text) => setName(text.slice(0, 120))}
                    placeholder={found?.sourceName ?? ''}
                  />
                  {create.error && <ErrorLine error={create.error} />}
                  <Button
                    variant="primary"
                    isDisabled={!isReady}
                    isPending={create.isPending}
                    onPress={make}
                    className="w-full"
                  >
                    {isReady
                      ? `Make a set of ${formatCount(found.pairs, kind === 'pairs' ? 'pair' : 'answer')}`
                      : 'Make the set'}
                  </Button>
                </>
              )}
            </div>
          </aside>
        </div>
      </PageBody>
    </>
  );
}

/** Makes a set: where the answers come from, how they are judged, and what it will hold before anything is written. */
export const newSetScreen: Screen = { path: '/preferences/new', title: 'New set', component: NewSetPage };
