import { GitBranch, Snowflake } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { BranchOrigin, Version } from '../../../shared/features/versions/versions.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo } from '../../ui/location.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Comparison, type Sides } from './comparison.tsx';
import { BranchDialog, FreezeDialog } from './freeze-dialog.tsx';
import { VersionList } from './version-list.tsx';
import { useRestore, useVersions } from './versions.queries.ts';

function BranchNote({ origin }: { origin: BranchOrigin }) {
  return (
    <p className="flex items-center gap-1.5 px-4 pt-3 text-xs text-muted">
      <GitBranch aria-hidden className="size-3.5" />
      Branched from version {origin.number} of {origin.datasetName}.
    </p>
  );
}

function Timeline(props: {
  datasetId: string;
  datasetName: string;
  versions: readonly Version[];
  isChanged: boolean;
  branchedFrom: BranchOrigin | null;
}) {
  const { datasetId, versions } = props;
  const [newest] = versions;
  const [sides, setSides] = useState<Sides | null>(null);
  const [isFreezing, setIsFreezing] = useState(false);
  const [branching, setBranching] = useState<string | null>(null);
  const restore = useRestore();
  const go = useGo();
  const commands = useMemo(
    () => [
      {
        id: 'versions.freeze',
        title: 'Freeze a version of this data set',
        group: 'Versions',
        keys: null,
        run: () => setIsFreezing(true),
      },
    ],
    [],
  );
  useCommands('versions', commands);
  const freeze = (
    <Button icon={<Snowflake aria-hidden />} onPress={() => setIsFreezing(true)}>
      Freeze version
    </Button>
  );
  const dialogs = (
    <>
      {isFreezing && (
        <FreezeDialog
          datasetId={datasetId}
          next={(newest?.number ?? 0) + 1}
          onClose={() => setIsFreezing(false)}
        />
      )}
      {branching !== null && (
        <BranchDialog
          versionId={branching}
          suggested={`${props.datasetName} branch`}
          onClose={() => setBranching(null)}
          onMade={(made) => go(`/datasets/${made}`)}
        />
      )}
    </>
  );
  if (!newest) {
    return (
      <>
        {props.branchedFrom && <BranchNote origin={props.branchedFrom} />}
        <EmptyState icon={<Snowflake aria-hidden />} title="No version yet" action={freeze}>
          A version is the data set as it stands, frozen and named by one hash. Jobs and evaluations freeze
          one by themselves; you can compare any two, go back, or branch.
        </EmptyState>
        {dialogs}
      </>
    );
  }
  const shown = sides ?? { from: newest.versionId, to: 'now' };
  return (
    <>
      <SplitPane
        id="versions.comparison"
        label="Width of the comparison"
        size={70}
        first={
          <div className="flex min-h-0 flex-1 flex-col">
            <div className="flex items-center gap-2 border-b border-line px-4 py-2">
              <p className="min-w-0 flex-1 text-sm">
                {props.isChanged ? `Changed since v${newest.number}.` : `As in v${newest.number}.`}
              </p>
              {freeze}
            </div>
            {props.branchedFrom && <BranchNote origin={props.branchedFrom} />}
            <ScrollArea label="Versions" className="min-h-0 flex-1 px-3 py-2">
              {restore.error && <ErrorLine error={restore.error} />}
              <VersionList
                versions={versions}
                from={shown.from}
                to={shown.to}
                deeds={{
                  onCompare: (version) => setSides({ from: version.versionId, to: 'now' }),
                  onRestore: (version) =>
                    restore.mutate(version.versionId, {
                      onSuccess: () => tellUndoable(`Version ${version.number} is being restored.`),
                    }),
                  onBranch: (version) => setBranching(version.versionId),
                }}
              />
            </ScrollArea>
          </div>
        }
        second={<Comparison datasetId={datasetId} versions={versions} sides={shown} onChange={setSides} />}
      />
      {dialogs}
    </>
  );
}

/** Tab of a data set: its frozen versions, what changed between any two, restore and branch. */
export function VersionsTab({ datasetId, datasetName }: { datasetId: string; datasetName: string }) {
  const versions = useVersions(datasetId);
  return (
    <Loaded query={versions} label="Loading versions">
      {(found) => <Timeline datasetId={datasetId} datasetName={datasetName} {...found} />}
    </Loaded>
  );
}
