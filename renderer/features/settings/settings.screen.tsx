import { Keyboard } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { tell } from '../../ui/toast.tsx';
import { AboutFacts, KeyPlace } from './about.tsx';
import { Keys } from './keys.tsx';
import { useChangeSettings, useSettings, useSettingsQuery } from './settings.queries.ts';

/** The name under which this person reviews; kept when the field is left. */
function Reviewer() {
  const { reviewer } = useSettings();
  const change = useChangeSettings();
  const [name, setName] = useState(reviewer);
  useEffect(() => setName(reviewer), [reviewer]);
  return (
    <Section title="Review">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the field inside being left. */}
      <div
        onBlur={() => {
          if (name.trim() !== '' && name !== reviewer) change({ reviewer: name.trim() });
        }}
      >
        <TextField
          label="Your name as a reviewer"
          value={name}
          onChange={(text) => setName(text.slice(0, 60))}
          description="Stands beside what you approve, reject and comment, in the workspace's history."
        />
      </div>
    </Section>
  );
}

/** Theme, size and motion; each change is seen at once. */
function Appearance() {
  const query = useSettingsQuery();
  const change = useChangeSettings();
  return (
    <Section title="Appearance">
      <Loaded query={query}>
        {({ settings }) => (
          <div className="space-y-5">
            <RadioGroup
              label="Theme"
              orientation="horizontal"
              value={settings.theme}
              onChange={(theme) => change({ theme })}
              options={[
                { value: 'system', label: 'As the system' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
            <RadioGroup
              label="Text size"
              orientation="horizontal"
              value={settings.textSize}
              onChange={(textSize) => change({ textSize })}
              options={[
                { value: 'compact', label: 'Compact' },
                { value: 'normal', label: 'Normal' },
                { value: 'large', label: 'Large' },
                { value: 'presenter', label: 'Presenter' },
              ]}
              description="Presenter is for a projector or a shared screen."
            />
            <Switch
              isSelected={settings.motion === 'reduced'}
              onChange={(isReduced) => change({ motion: isReduced ? 'reduced' : 'system' })}
              description="Off follows the operating system."
            >
              Never animate
            </Switch>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

/** What is said when the settings file could not be read. */
function DamagedFile() {
  const problem = useSettingsQuery().data?.problem;
  if (!problem) return null;
  return (
    <p role="status" className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
      {problem}
    </p>
  );
}

function ResetSettings() {
  const reset = useMutation({
    mutationFn: () => rpc.settings.reset(),
    onSuccess: () => tell('All settings are as they were at first.'),
  });
  return (
    <>
      <Button onPress={() => reset.mutate()} isPending={reset.isPending}>
        Use default settings
      </Button>
      {reset.error && <ErrorLine error={reset.error} />}
    </>
  );
}

function SettingsPage() {
  return (
    <>
      <PageHead title="Settings" actions={<ResetSettings />} />
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="w-full max-w-3xl space-y-10 px-6 py-6">
          <DamagedFile />
          <Appearance />
          <Reviewer />
          <Section
            title="Keys and privacy"
            description="Where provider keys and the keys of encrypted workspaces are kept. They never reach this window."
          >
            <KeyPlace />
          </Section>
          <Section
            title="Keyboard"
            description="Every command with its keys. Change one, or take it away."
            actions={<Keyboard aria-hidden className="size-4 text-muted" />}
          >
            <Keys />
          </Section>
          <Section title="About">
            <AboutFacts />
          </Section>
        </div>
      </div>
    </>
  );
}

/** How the program looks and is steered on this machine, where keys are kept, and what it is made of. */
export const settingsScreen: Screen = { path: '/settings', title: 'Settings', component: SettingsPage };
