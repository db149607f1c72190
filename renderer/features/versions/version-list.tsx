import {
  CircleCheck,
  CircleX,
  Ellipsis,
  GitBranch,
  GitCompare,
  Hash,
  RotateCcw,
  ShieldCheck,
} from 'lucide-react';
import type { Version } from '../../../shared/features/versions/versions.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatCount, formatMoment } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { tell } from '../../ui/toast.tsx';
import { originWords, splitWords } from './version-words.ts';
import { useVerify } from './versions.queries.ts';

export type VersionDeeds = {
  onCompare: (version: Version) => void;
  onRestore: (version: Version) => void;
  onBranch: (version: Version) => void;
};

/** What came of verifying a version, in words beside a sign. */
function Verdict({ verify }: { verify: ReturnType<typeof useVerify> }) {
  if (verify.isPending) return <p className="text-xs text-muted">Verifying …</p>;
  if (!verify.data) return null;
  const { isIntact, examples, firstBroken } = verify.data;
  const Icon = isIntact ? CircleCheck : CircleX;
  return (
    <p className={cx('flex items-center gap-1.5 text-xs', isIntact ? 'text-emerald' : 'text-ruby')}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {isIntact
        ? `Verified: ${formatCount(examples, 'example')} give this root.`
        : `Not what was frozen${firstBroken === null ? '' : `: example ${firstBroken} differs`}.`}
    </p>
  );
}

function VersionItem(props: { version: Version; side: 'from' | 'to' | null; deeds: VersionDeeds }) {
  const { version, side, deeds } = props;
  const verify = useVerify();
  const origin = originWords(version);
  return (
    <li
      className={cx(
        'relative border-l-2 py-3 pr-2 pl-4',
        side === null ? 'border-line' : 'border-accent bg-selected',
      )}
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 space-y-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
            <span className="font-semibold tabular-nums">v{version.number}</span>
            {side && <Badge tone="accent">{side}</Badge>}
            {origin && <Badge tone="quartz">{origin}</Badge>}
            <span className="text-xs text-muted">{formatMoment(version.createdAt)}</span>
          </p>
          <p className="text-sm break-words" dir="auto">
            {version.message}
          </p>
          <p className="text-xs text-muted tabular-nums">
            {formatCount(version.exampleCount, 'example')} · {formatCount(version.tokenTotal, 'token')} ·{' '}
            {splitWords(version)}
          </p>
          <p className="truncate font-mono text-xs text-muted" title={`Merkle root ${version.root}`}>
            {version.root.slice(0, 20)}…
          </p>
          <Verdict verify={verify} />
        </div>
        <Menu
          label={`Version ${version.number}`}
          placement="bottom end"
          minWidth={240}
          entries={[
            {
              id: 'compare',
              label: 'Compare with now',
              icon: <GitCompare />,
              run: () => deeds.onCompare(version),
            },
            {
              id: 'restore',
              label: 'Restore',
              detail: 'Can be undone',
              icon: <RotateCcw />,
              run: () => deeds.onRestore(version),
            },
            { id: 'branch', label: 'Branch …', icon: <GitBranch />, run: () => deeds.onBranch(version) },
            { id: 'line', separator: true },
            {
              id: 'verify',
              label: 'Verify',
              detail: 'From the bytes of every example',
              icon: <ShieldCheck />,
              run: () => verify.mutate(version.versionId),
            },
            {
              id: 'copy',
              label: 'Copy the root',
              icon: <Hash />,
              run: () =>
                void navigator.clipboard.writeText(version.root).then(() => tell('The root is copied.')),
            },
          ]}
        >
          <IconButton label={`Version ${version.number}: more`} icon={<Ellipsis aria-hidden />} />
        </Menu>
      </div>
    </li>
  );
}

/** The versions of a data set, newest first, with what can be done with each. */
export function VersionList(props: {
  versions: readonly Version[];
  from: string | null;
  to: string | null;
  deeds: VersionDeeds;
}) {
  return (
    <ol aria-label="Versions, newest first" className="space-y-px">
      {props.versions.map((version) => (
        <VersionItem
          key={version.versionId}
          version={version}
          side={version.versionId === props.from ? 'from' : version.versionId === props.to ? 'to' : null}
          deeds={props.deeds}
        />
      ))}
    </ol>
  );
}
