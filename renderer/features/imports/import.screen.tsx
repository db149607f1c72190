import { Upload } from 'lucide-react';
import { z } from 'zod';
import { useEffect, useState } from 'react';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import type { Inspection, Recipe } from '../../../shared/features/imports/imports.model.ts';
import { mappingProblems } from '../../../shared/features/imports/mapping.rules.ts';
import { provenance } from '../../../shared/features/imports/provenance.model.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine, ErrorState } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody, ScrollArea } from '../../ui/scroll-area.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ChooseSource } from './choose-source.tsx';
import { useInspection, usePreview, useStartImport, useTargets } from './imports.queries.ts';
import { Aside, PreviewPane } from './preview-pane.tsx';
import { ProvenanceForm } from './provenance-form.tsx';
import { Reading } from './reading.tsx';
import { RecipeBar } from './recipe-bar.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { ShapingForm } from './shaping-form.tsx';

const pageState = z.object({ into: z.string().nullable().catch(null).default(null) });
const asNew = 'new';

/** What keeps an import from being started, in words. */
function problemsOf(inspection: Inspection, recipe: Recipe): string[] {
  const isDoubtful = inspection.files.some(({ encoding }) => encoding !== null && !encoding.isUtf8);
  const encoding = isDoubtful && recipe.read.encoding === null ? ['Choose how the text is to be read.'] : [];
  const isSound = provenance.safeParse(recipe.provenance).success;
  const said = [...encoding, ...(isSound ? [] : ['Write the days of its provenance as 2026-03-31.'])];
  const { shaping } = recipe;
  if (shaping.kind === 'shape') return said;
  return [
    ...said,
    ...mappingProblems(
      shaping.mapping,
      inspection.columns.map(({ name }) => name),
    ),
  ];
}

function AlreadyHere(props: { error: unknown; onAgain: () => void }) {
  const go = useGo();
  const known = describeFailure(props.error).subject?.id;
  return (
    <div className="space-y-3">
      <ErrorLine error={props.error} />
      {known && (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onPress={() => go(`/datasets/${known}`)}>
            Open that data set
          </Button>
          <Button onPress={props.onAgain}>Import once more</Button>
        </div>
      )}
    </div>
  );
}

function Results(props: {
  fileIds: readonly string[];
  recipe: Recipe;
  problems: readonly string[];
  inspection: Inspection;
}) {
  const recipe = useSettled(props.problems.length === 0 ? props.recipe : null);
  const preview = usePreview(props.fileIds, recipe);
  const { columns, setAside } = props.inspection;
  if (columns.length === 0 && setAside.length > 0 && !preview.data) {
    return (
      <>
        <p role="status" className="border-b border-line px-4 py-3 text-sm font-medium">
          No row could be read, for these reasons:
        </p>
        <Aside rows={setAside} />
      </>
    );
  }
  if (props.problems.length > 0 && !preview.data) {
    return (
      <div className="px-4 py-6 text-sm">
        <p className="font-medium">The first results show here.</p>
        <ul className="mt-1 list-disc space-y-1 pl-5 text-muted">
          {props.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    );
  }
  if (preview.error) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Skeleton label="Working out the first results" />;
  return <PreviewPane preview={preview.data} isStale={preview.isPlaceholderData} />;
}

/** The second step: what was found, how it becomes examples, where it is from; beside it the first results. */
function Setup(props: { fileIds: string[]; onOther: () => void }) {
  const { fileIds } = props;
  const [read, setRead] = useState<Recipe['read']>(readAsFound);
  const inspection = useInspection(fileIds, read);
  const [own, setOwn] = useState<Recipe | null>(null);
  const [name, setName] = useState('');
  const [{ into: asked }, change] = useSearchState(pageState);
  const targets = useTargets().data ?? [];
  const into = targets.find(({ datasetId }) => datasetId === asked) ?? null;
  const start = useStartImport();
  const go = useGo();
  const found = inspection.data;
  useEffect(() => {
    // A new reading has other columns: what they suggest replaces what the old ones did, provenance stays.
    if (found)
      setOwn((old) => (old ? { ...found.suggestion, provenance: old.provenance, system: old.system } : null));
  }, [found]);
  if (inspection.error) {
    return (
      <ErrorState
        error={inspection.error}
        action={<Button onPress={props.onOther}>Choose another file</Button>}
      />
    );
  }
  if (!found) return <Skeleton label="Looking inside" />;
  const recipe = { ...(own ?? found.suggestion), read };
  const problems = problemsOf(found, recipe);
  const bare = found.files[0]?.name.replace(/(?:\.\w{1,7}){1,2}$/, '') ?? '';
  const begin = (again: boolean): void =>
    start.mutate(
      { fileIds, recipe, name: name.trim() || null, again, into: into?.datasetId ?? null },
      { onSuccess: ({ datasetId }) => go(`/datasets/${datasetId}`) },
    );
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(24rem,32rem)_minmax(0,1fr)]">
      <form
        className="flex min-h-0 flex-col border-r border-line"
        onSubmit={(event) => {
          event.preventDefault();
          begin(false);
        }}
      >
        <ScrollArea label="Import settings" className="min-h-0 flex-1">
          <div className="space-y-8 px-6 py-5">
            <div className="flex items-center justify-between gap-2">
              <Button size="compact" variant="quiet" className="-ml-2.5" onPress={props.onOther}>
                Choose something else
              </Button>
              <RecipeBar
                recipe={recipe}
                suggestedName={bare}
                onUse={(chosen) => {
                  setRead(chosen.read);
                  setOwn(chosen);
                }}
              />
            </div>
            <Reading inspection={found} read={read} onChange={setRead} />
            <ShapingForm inspection={found} recipe={recipe} onChange={setOwn} />
            <Section
              title="Where it comes from"
              description="Kept with every row. What you leave empty is written down as unknown."
            >
              <ProvenanceForm
                value={recipe.provenance}
                onChange={(provenance) => setOwn({ ...recipe, provenance })}
              />
            </Section>
          </div>
        </ScrollArea>
        <footer className="space-y-3 border-t border-line px-6 py-3">
          {start.error !== null && <AlreadyHere error={start.error} onAgain={() => begin(true)} />}
          <div className="flex items-end gap-3">
            {targets.length > 0 && (
              <Select
                label="Into"
                options={[
                  { value: asNew, label: 'A new data set' },
                  ...targets.map((one) => ({
                    value: one.datasetId,
                    label: one.name,
                    detail: 'Add to its end',
                  })),
                ]}
                value={into?.datasetId ?? asNew}
                onChange={(chosen) => change({ into: chosen === asNew ? null : chosen })}
                className="min-w-0 flex-1"
              />
            )}
            {into === null && (
              <TextField
                label="Name of the data set"
                value={name}
                onChange={setName}
                placeholder={bare}
                className="min-w-0 flex-1"
              />
            )}
            <Button
              type="submit"
              variant="primary"
              icon={<Upload aria-hidden />}
              isDisabled={problems.length > 0}
              isPending={start.isPending}
            >
              {into === null ? 'Import' : 'Add'}
            </Button>
          </div>
        </footer>
      </form>
      <ScrollArea label="First results">
        <Results fileIds={fileIds} recipe={recipe} problems={problems} inspection={found} />
      </ScrollArea>
    </div>
  );
}

function ImportPage() {
  const [fileIds, setFileIds] = useState<string[]>([]);
  return (
    <>
      <PageHead title="Import data" crumbs={[{ label: 'Datasets', href: '/datasets' }]} />
      {fileIds.length === 0 ? (
        <PageBody width="full">
          <ChooseSource onTaken={setFileIds} />
        </PageBody>
      ) : (
        <Setup key={fileIds.join()} fileIds={fileIds} onOther={() => setFileIds([])} />
      )}
    </>
  );
}

/** Any source becomes a data set: chosen, recognised, mapped where needed, seen, then imported. */
export const importScreen: Screen = { path: '/datasets/import', title: 'Import data', component: ImportPage };
