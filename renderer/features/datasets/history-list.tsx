import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatMoment } from '../../ui/format.ts';
import { Facts } from '../../ui/stat.tsx';

/** The states an example has been in, newest first, and what identifies it. */
export function HistoryList({ detail }: { detail: ExampleDetail }) {
  return (
    <div className="space-y-5 px-4 py-4">
      <ol className="space-y-3">
        {detail.versions.map((version) => (
          <li key={version.versionId} className="border-l-2 border-line pl-3 text-sm">
            <p className="flex items-center gap-2">
              <span className="font-medium">{version.label}</span>
              {version.isCurrent && <Badge tone="accent">now</Badge>}
            </p>
            <p className="text-xs text-muted">{formatMoment(version.at)}</p>
            <p className="truncate font-mono text-xs text-muted" title={`SHA-256 ${version.sha256}`}>
              {version.sha256.slice(0, 16)}
            </p>
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          { name: 'Line in the file', value: String(detail.row.line) },
          { name: 'Size', value: `${detail.sizeBytes.toLocaleString()} bytes` },
          {
            name: 'Identity',
            value: (
              <span className="font-mono text-xs break-all" title="SHA-256 of the RFC 8785 form">
                {detail.identitySha256}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
