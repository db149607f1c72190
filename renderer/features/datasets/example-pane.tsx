import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ExampleDetail, Finding } from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { tellUndoable } from '../../history.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { DetailPane } from '../../ui/detail-pane.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { tell } from '../../ui/toast.tsx';
import { markPlaces, type Place, shownMessages } from './chat.ts';
import { Comments } from './comments.tsx';
import { Conversation } from './conversation.tsx';
import { ConversationEditor } from './conversation-editor.tsx';
import { useAddExample } from './curating.queries.ts';
import { useDeleteExamples, useExample, useFixAll, useFixFinding } from './datasets.queries.ts';
import { ExampleJson } from './example-json.tsx';
import { FindingsList } from './findings-list.tsx';
import { HistoryList } from './history-list.tsx';
import { usePageCommands, usePageKeys } from './page-keys.ts';
import { ExampleOrigin } from './provenance-line.tsx';
import { ReviewBar } from './review-bar.tsx';
import { StatusMark } from './dataset-words.tsx';
import { TagEditor } from './tag-editor.tsx';
import { useMessageEdit } from './use-message-edit.ts';

/** The finding whose place is marked when an example opens: the first of a kind one filters by. */
function firstOf(detail: ExampleDetail, codes: readonly string[]): Place | null {
  return [...detail.findings, ...markPlaces(detail)].find(({ code }) => codes.includes(code)) ?? null;
}

function useFixes(detail: ExampleDetail, onFixed: () => void) {
  const fix = useFixFinding();
  const fixAll = useFixAll();
  const remove = useDeleteExamples();
  const { exampleId, position } = detail.row;
  return {
    isPending: fix.isPending || remove.isPending,
    error: fix.error ?? fixAll.error ?? remove.error,
    fix({ code, pointer, fix: kind }: Finding): void {
      const onSuccess = (): void => {
        onFixed();
        tellUndoable(`Example ${position}: ${titleOfFinding(code).toLowerCase()} is mended.`);
      };
      if (kind?.kind === 'delete-example') {
        remove.mutate({ datasetId: detail.datasetId, which: { exampleIds: [exampleId] } }, { onSuccess });
      } else fix.mutate({ exampleId, code, pointer }, { onSuccess });
    },
    fixAll({ code }: Finding): void {
      fixAll.mutate(
        { datasetId: detail.datasetId, code },
        {
          onSuccess: () =>
            tell(`Mending “${titleOfFinding(code).toLowerCase()}” everywhere; undo takes it back as one.`),
        },
      );
    },
  };
}

type PaneProps = {
  codes: readonly string[];
  onClose: () => void;
  /** Opens another example in the same place. */
  onOpen: (exampleId: number) => void;
  /** Goes on to the next example of the list. */
  onNext: () => void;
};

function Pane(props: PaneProps & { detail: ExampleDetail }) {
  const { detail } = props;
  const { row } = detail;
  const [tab, setTab] = useState('conversation');
  const [focus, setFocus] = useState<Place | null>(() => firstOf(detail, props.codes));
  const edit = useMessageEdit(row.exampleId, row.position);
  const fixes = useFixes(detail, () => setFocus(null));
  const remove = useDeleteExamples();
  const { exampleId } = row;
  // Another example opened in the same pane: its own finding is marked, the tab stays.
  const { codes } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another example opens or the filter changes.
  useEffect(() => setFocus(firstOf(detail, codes)), [exampleId, codes]);

  const editLast = (): void => {
    const last = shownMessages(detail.value).findLast(({ isPlainText }) => isPlainText);
    setTab(last ? 'conversation' : 'json');
    if (last) edit.start(last.pointer);
  };
  const deleteThis = (): void =>
    remove.mutate(
      { datasetId: detail.datasetId, which: { exampleIds: [exampleId] } },
      { onSuccess: () => tellUndoable(`Example ${row.position} is deleted.`) },
    );
  const copy = useAddExample();
  const copyThis = (): void =>
    copy.mutate(
      { datasetId: detail.datasetId, from: { exampleId } },
      {
        onSuccess: (added) => {
          tellUndoable(`A copy of example ${row.position} stands at the end.`);
          props.onOpen(added.exampleId);
        },
      },
    );
  usePageCommands('datasets.example', {
    'datasets.edit': { run: editLast },
    'datasets.showFindings': { run: () => setTab('findings') },
    'datasets.showJson': { run: () => setTab('json') },
    'datasets.compose': { run: () => setTab('editor') },
    'datasets.comment': { run: () => setTab('comments') },
    'datasets.tag': {
      run: () => document.querySelector<HTMLInputElement>('[data-tag-field] input')?.focus(),
    },
    'datasets.duplicate': { run: copyThis },
  });
  const [editKeys, copyKeys] = [usePageKeys('datasets.edit'), usePageKeys('datasets.duplicate')];

  return (
    <DetailPane
      title={`Example ${formatNumber(row.position)}`}
      onClose={props.onClose}
      marks={
        <>
          {row.split && <Badge>{row.split}</Badge>}
          {row.status !== 'draft' && <StatusMark status={row.status} />}
          {row.isEdited && <Badge tone="accent">edited</Badge>}
          {row.isDeleted && <Badge tone="ruby">deleted</Badge>}
        </>
      }
      actions={
        <>
          <Button size="compact" keys={editKeys} onPress={editLast}>
            Edit
          </Button>
          <IconButton
            label="Duplicate this example"
            keys={copyKeys}
            icon={<Copy aria-hidden />}
            onPress={copyThis}
          />
          <IconButton
            label="Delete this example"
            icon={<Trash2 aria-hidden />}
            onPress={deleteThis}
            isDisabled={row.isDeleted}
          />
        </>
      }
    >
      <div className="flex h-full min-h-0 flex-col">
        <ExampleOrigin datasetId={detail.datasetId} line={row.line} />
        <Tabs
          label="Example"
          selected={tab}
          onSelect={setTab}
          className="flex-1"
          tabs={[
            {
              id: 'conversation',
              label: 'Conversation',
              content: <Conversation detail={detail} focus={focus} edit={edit} />,
            },
            {
              id: 'findings',
              label: 'Findings',
              count: detail.findings.length + detail.marks.length,
              content: (
                <FindingsList
                  detail={detail}
                  onShow={(finding) => {
                    setFocus(finding);
                    setTab('conversation');
                  }}
                  onOpen={props.onOpen}
                  onFix={(finding) => fixes.fix(finding)}
                  onFixAll={(finding) => fixes.fixAll(finding)}
                  isPending={fixes.isPending}
                  error={fixes.error}
                />
              ),
            },
            {
              id: 'editor',
              label: 'Editor',
              content: <ConversationEditor detail={detail} />,
            },
            {
              id: 'json',
              label: 'JSON',
              content: (
                <ExampleJson
                  detail={detail}
                  onSaved={() => tellUndoable(`Example ${row.position} is changed.`)}
                />
              ),
            },
            {
              id: 'comments',
              label: 'Comments',
              count: detail.comments.length,
              content: <Comments detail={detail} />,
            },
            { id: 'history', label: 'History', content: <HistoryList detail={detail} /> },
          ]}
        />
        <footer className="flex shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-2">
          <ReviewBar detail={detail} onNext={props.onNext} />
          <TagEditor detail={detail} />
        </footer>
      </div>
    </DetailPane>
  );
}

/** One example beside the grid: as a conversation, its findings, its JSON, its history. */
export function ExamplePane(props: PaneProps & { datasetId: string; exampleId: number }) {
  const query = useExample(props.exampleId);
  return (
    <Loaded query={query} label="Reading the example">
      {(detail) =>
        detail.datasetId === props.datasetId ? (
          <Pane {...props} detail={detail} />
        ) : (
          <DetailPane title="Example" onClose={props.onClose}>
            <p className="p-4 text-sm">This address names an example of another data set.</p>
          </DetailPane>
        )
      }
    </Loaded>
  );
}
