import { useState } from 'react';
import type { ProductionTarget, QualityState } from '../../../shared/features/quality/quality.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Table } from '../../ui/table.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useBalance, useBalancePreview, useReadSample, useSetTargets } from './quality.queries.ts';
import { Shifts } from './shifts.tsx';

/** `label 40` a line; percentages need not add up to 100. */
function parseShares(text: string): { name: string; share: number }[] | null {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const shares = rows.map((line) => {
    const at = line.trimEnd().lastIndexOf(' ');
    const percent = Number(
      line
        .slice(at + 1)
        .replace('%', '')
        .replace(',', '.')
        .trim(),
    );
    return { name: line.slice(0, at).replace(/[:=]$/, '').trim(), share: percent / 100 };
  });
  return shares.every(({ name, share }) => name !== '' && share >= 0 && share <= 1) ? shares : null;
}

function SampleForm({ datasetId }: { datasetId: string }) {
  const [path, setPath] = useState('');
  const read = useReadSample(datasetId);
  const run = (from: string | null): void =>
    read.mutate(from, {
      onSuccess: (target) => {
        if (target?.source.kind === 'sample')
          tellUndoable(`Read ${formatCount(target.source.examples, 'example')} of production.`);
      },
    });
  return (
    <div className="space-y-2">
      <p className="text-sm font-medium">A sample of production</p>
      <div className="flex flex-wrap items-end gap-2">
        <TextField label="Path of a JSONL file" value={path} onChange={setPath} className="w-80" isMono />
        <Button onPress={() => run(path)} isDisabled={path.trim() === ''} isPending={read.isPending}>
          Read sample
        </Button>
        <Button variant="quiet" onPress={() => run(null)}>
          Choose file
        </Button>
      </div>
      <p className="text-xs text-muted">
        Only counts are kept of it: labels, formats, languages, tools, system prompts.
      </p>
      {read.error && <ErrorLine error={read.error} />}
    </div>
  );
}

function SharesForm(props: { datasetId: string; labels: readonly { name: string; count: number }[] }) {
  const total = props.labels.reduce((sum, { count }) => sum + count, 0);
  const [text, setText] = useState(() =>
    props.labels.map(({ name, count }) => `${name} ${Math.round((1000 * count) / total) / 10}`).join('\n'),
  );
  const set = useSetTargets(props.datasetId);
  const shares = parseShares(text);
  return (
    <div className="space-y-2">
      <TextField
        label="Or label shares, in per cent, one to a line"
        value={text}
        onChange={setText}
        lines={Math.min(10, Math.max(4, props.labels.length))}
        isMono
        className="max-w-md"
        error={shares ? undefined : 'Every line is a label, a space and a number from 0 to 100.'}
      />
      <Button
        onPress={() => shares && set.mutate(shares)}
        isDisabled={!shares || shares.length === 0}
        isPending={set.isPending}
      >
        Set shares
      </Button>
      {set.error && <ErrorLine error={set.error} />}
    </div>
  );
}

function BalanceDialog(props: { datasetId: string; onClose: () => void }) {
  const [seed, setSeed] = useState(1);
  const preview = useBalancePreview(props.datasetId, true);
  const balance = useBalance();
  const deleted = preview.data?.deleted ?? 0;
  const isTotal = preview.data?.rows.every(({ keep }) => keep === 0) ?? false;
  const run = (): void =>
    balance.mutate(
      { datasetId: props.datasetId, seed },
      {
        onSuccess: (done) => {
          tellUndoable(`Deleted ${formatCount(done.deleted, 'example')}.`);
          props.onClose();
        },
      },
    );
  return (
    <Dialog
      title="Re-balance to production"
      width="medium"
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            onPress={run}
            isPending={balance.isPending}
            isDisabled={deleted === 0 || isTotal || Number.isNaN(seed)}
          >
            Delete {formatCount(deleted, 'example')}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-sm text-muted">
          The largest part of the data set that has production’s label shares. Which examples go is drawn by
          the seed; one undo brings them back. Nothing is repeated to make up for what is rare: a copy teaches
          the same once more and may leak into another split. Collect more of it instead.
        </p>
        <Loaded query={preview}>
          {({ rows }) => (
            <Table
              caption="What stays, by label"
              rows={rows}
              rowKey={({ name }) => name}
              maxHeight={320}
              columns={[
                { id: 'name', header: 'Label', cell: ({ name }) => <span dir="auto">{name}</span> },
                {
                  id: 'target',
                  header: 'Wanted',
                  align: 'end',
                  cell: ({ target }) => formatPercent(target, 1),
                },
                { id: 'have', header: 'Now', align: 'end', cell: ({ have }) => formatNumber(have) },
                { id: 'keep', header: 'Stay', align: 'end', cell: ({ keep }) => formatNumber(keep) },
              ]}
            />
          )}
        </Loaded>
        {isTotal && (
          <p className="text-sm text-ruby">
            A label that production has is missing here, so that no part of the data set has its shares.
          </p>
        )}
        <NumberField
          label="Seed"
          value={seed}
          onChange={setSeed}
          minValue={0}
          maxValue={4_294_967_295}
          className="w-40"
        />
        {balance.error && <ErrorLine error={balance.error} />}
      </div>
    </Dialog>
  );
}

function sourceWords({ source }: ProductionTarget): string {
  return source.kind === 'typed'
    ? 'Typed label shares.'
    : `Sample ${source.name}, ${formatCount(source.examples, 'example')}.`;
}

/** The data set beside production, and the offer to re-balance it. */
export function Production({ datasetId, state }: { datasetId: string; state: QualityState }) {
  const [isBalancing, setBalancing] = useState(false);
  const set = useSetTargets(datasetId);
  const { production, fit, profile } = state;
  const labels = profile?.charts.find(({ id }) => id === 'labels')?.bars ?? [];
  const hasLabels = production?.charts.some(({ id }) => id === 'labels') ?? false;
  return (
    <div className="space-y-6">
      <p className="max-w-prose text-sm text-muted">
        A model does best on what it has seen in the shares in which it will meet it. Say what production
        looks like, and the data set is held against it.
      </p>
      {production && (
        <div className="space-y-4">
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <span>{sourceWords(production)}</span>
            {hasLabels && labels.length > 0 && (
              <Button size="compact" variant="primary" onPress={() => setBalancing(true)}>
                Re-balance
              </Button>
            )}
            <Button size="compact" variant="quiet" onPress={() => set.mutate([])}>
              Forget
            </Button>
          </div>
          <Shifts caption="Data set and production" shifts={fit} />
        </div>
      )}
      <SampleForm datasetId={datasetId} />
      {labels.length > 1 && labels.length <= 60 && <SharesForm datasetId={datasetId} labels={labels} />}
      {isBalancing && <BalanceDialog datasetId={datasetId} onClose={() => setBalancing(false)} />}
    </div>
  );
}
