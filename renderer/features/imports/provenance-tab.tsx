import { useState } from 'react';
import { type ImportRecord, provenance } from '../../../shared/features/imports/provenance.model.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatDate, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Facts } from '../../ui/stat.tsx';
import { useImportRecords, useSetProvenance } from './imports.queries.ts';
import { ProvenanceForm } from './provenance-form.tsx';

function Import({ datasetId, record }: { datasetId: string; record: ImportRecord }) {
  const [draft, setDraft] = useState(record.provenance);
  const save = useSetProvenance(datasetId);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(record.provenance);
  return (
    <Section
      title={record.sourceName}
      description={`Imported ${formatDate(record.at)}; lines ${formatNumber(record.firstLine)} to ${formatNumber(record.lastLine)}`}
    >
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <Facts
          facts={[
            { name: 'Rows that came in', value: formatNumber(record.rows) },
            { name: 'Set aside', value: formatNumber(record.quarantined) },
            ...record.files.map((file) => ({
              name: file.name,
              value: (
                <>
                  {formatBytes(file.sizeBytes)}
                  {record.files.length > 1 && `, from line ${formatNumber(file.lineBase + 1)}`}
                  <span className="block truncate font-mono text-xs text-muted" title={file.sha256}>
                    SHA-256 {file.sha256}
                  </span>
                </>
              ),
            })),
          ]}
        />
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ importId: record.importId, provenance: draft });
          }}
        >
          <ProvenanceForm value={draft} onChange={setDraft} />
          {save.error !== null && <ErrorLine error={save.error} />}
          <Button
            type="submit"
            isDisabled={!isChanged || !provenance.safeParse(draft).success}
            isPending={save.isPending}
          >
            Keep for {formatCount(record.rows, 'row')}
          </Button>
        </form>
      </div>
    </Section>
  );
}

/** Where the rows of a data set come from and what may be done with them, by import. */
export function ProvenanceTab({ datasetId }: { datasetId: string }) {
  const records = useImportRecords(datasetId);
  return (
    <Loaded query={records}>
      {(list) =>
        list.length === 0 ? (
          <EmptyState title="Nothing is written down">
            These rows came without an import of a person: the demo data, or a branch of another data set.
          </EmptyState>
        ) : (
          <div className="max-w-6xl space-y-10 p-6">
            {list.map((record) => (
              <Import
                key={`${record.importId}${JSON.stringify(record.provenance)}`}
                datasetId={datasetId}
                record={record}
              />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
