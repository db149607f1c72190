import { Check, MessageSquare, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleComment } from '../../../shared/features/datasets/review.model.ts';
import { rpc } from '../../rpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatMoment } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useReviewer } from './curating.queries.ts';

function CommentItem({ comment, run }: { comment: ExampleComment; run: (work: Promise<unknown>) => void }) {
  const { commentId, isResolved } = comment;
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <p className="flex items-center gap-2 text-xs text-muted">
        <span className="font-medium text-ink">{comment.reviewer}</span>
        {formatMoment(comment.at)}
        {isResolved && <Badge tone="emerald">resolved</Badge>}
        <span className="flex-1" />
        <IconButton
          label={isResolved ? 'Open again' : 'Resolve'}
          icon={isResolved ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
          onPress={() => run(rpc.datasets.resolveComment({ commentId, isResolved: !isResolved }))}
        />
        <IconButton
          label="Delete comment"
          icon={<Trash2 aria-hidden />}
          onPress={() => run(rpc.datasets.deleteComment({ commentId }))}
        />
      </p>
      <p className="mt-1 text-sm break-words whitespace-pre-wrap">{comment.body}</p>
    </li>
  );
}

/** What reviewers say about an example, and a field for more; Ctrl/Cmd+Enter sends. */
export function Comments({ detail }: { detail: ExampleDetail }) {
  const reviewer = useReviewer();
  const [body, setBody] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const { exampleId } = detail.row;
  const run = (work: Promise<unknown>): void => {
    work.then(
      () => setFailure(null),
      (error: unknown) => setFailure(error),
    );
  };
  const send = (): void => {
    if (body.trim() === '') return;
    run(rpc.datasets.addComment({ exampleId, pointer: '', reviewer, body }).then(() => setBody('')));
  };
  return (
    <div>
      <ul>
        {detail.comments.map((comment) => (
          <CommentItem key={comment.commentId} comment={comment} run={run} />
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field inside. */}
      <div
        className="space-y-2 px-4 py-3"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <TextField label={`Comment as ${reviewer}`} value={body} onChange={setBody} lines={3} />
        <Button
          size="compact"
          icon={<MessageSquare aria-hidden />}
          keys="$mod+Enter"
          onPress={send}
          isDisabled={body.trim() === ''}
        >
          Comment
        </Button>
        {failure ? <ErrorLine error={failure} /> : null}
      </div>
    </div>
  );
}
