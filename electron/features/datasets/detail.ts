import type {
  ExampleDetail,
  ExampleVersion,
  Finding,
} from '../../../shared/features/datasets/datasets.model.ts';
import { valueAt } from '../../../shared/features/datasets/json-pointer.ts';
import { conflictFinding, duplicateFinding } from '../../../shared/features/datasets/sft/dataset.rules.ts';
import { imageLimits } from '../../../shared/features/datasets/sft/images.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';
import { contentBytes, findingsOf } from './contents.sql.ts';
import { rowsById } from './examples.sql.ts';
import { marksOf } from './marks.sql.ts';
import { commentsOf, decisionsOf } from './review.sql.ts';

/** Texts longer than this are shortened before they cross to a window. */
const maxShownCharacters = 64 * 1024;

type Row = {
  datasetId: string;
  contentId: number;
  line: number;
  identity: Uint8Array;
  messageTokens: string;
  duplicateLine: number | null;
  conflictLine: number | null;
};

function load(db: Db, exampleId: number): Row {
  const row = db
    .prepare<Row>(
      `SELECT d.id AS datasetId, e.content_id AS contentId, e.line, e.identity, c.message_tokens AS messageTokens,
              (SELECT o.line FROM examples o WHERE o.id = e.duplicate_of) AS duplicateLine,
              (SELECT o.line FROM examples o WHERE o.id = e.conflicts_with) AS conflictLine
       FROM examples e JOIN datasets d ON d.key = e.dataset JOIN contents c ON c.id = e.content_id WHERE e.id = ?`,
    )
    .get(exampleId);
  if (row) return row;
  throw new AppFailure('EXAMPLE_NOT_FOUND', {
    what: 'This example is not in the workspace.',
    todo: 'Open the list again.',
    retry: 'never',
  });
}

/** Everything about one example; throws EXAMPLE_NOT_FOUND. */
export function detailOf(db: Db, exampleId: number): ExampleDetail {
  const found = load(db, exampleId);
  const [row] = rowsById(db, [exampleId]);
  const bytes = contentBytes(db, found.contentId);
  if (!row || !bytes) throw new Error(`example ${exampleId} has no content`);
  const shortening = { isShortened: false };
  return {
    datasetId: found.datasetId,
    row,
    value: shortened(JSON.parse(Buffer.from(bytes).toString('utf8')), shortening),
    isShortened: shortening.isShortened,
    sizeBytes: bytes.length,
    identitySha256: Buffer.from(found.identity).toString('hex'),
    messageTokens: JSON.parse(found.messageTokens) as number[],
    findings: [...findingsOf(db, found.contentId, found.line), ...groupFindings(found)],
    marks: marksOf(db, exampleId),
    decisions: decisionsOf(db, exampleId),
    comments: commentsOf(db, exampleId),
    versions: versionsOf(db, exampleId, found.contentId),
  };
}

function groupFindings({ line, duplicateLine, conflictLine }: Row): Finding[] {
  return [
    ...(duplicateLine === null ? [] : [{ ...duplicateFinding(duplicateLine), line }]),
    ...(conflictLine === null ? [] : [{ ...conflictFinding(conflictLine), line }]),
  ];
}

function shortened(value: unknown, state: { isShortened: boolean }): unknown {
  if (typeof value === 'string') {
    if (value.length <= maxShownCharacters) return value;
    state.isShortened = true;
    return `${value.slice(0, maxShownCharacters)}…`.toWellFormed();
  }
  if (Array.isArray(value)) return value.map((item) => shortened(item, state));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item, state)]));
}

type VersionRow = {
  id: number;
  created_at: number;
  origin: ExampleVersion['origin'];
  change_label: string;
  identity: Uint8Array;
};

function versionsOf(db: Db, exampleId: number, currentId: number): ExampleVersion[] {
  return db
    .prepare<VersionRow>(
      `SELECT c.id, COALESCE(c.created_at, d.created_at) AS created_at, COALESCE(c.origin, 'imported') AS origin,
              COALESCE(c.change_label, 'imported') AS change_label, COALESCE(c.identity, e.identity) AS identity
       FROM examples e JOIN datasets d ON d.key = e.dataset JOIN contents c ON c.id IN (
         SELECT e.content_id
         UNION SELECT id FROM contents WHERE example_id = e.id AND batch IS NOT NULL
         UNION SELECT previous_id FROM contents WHERE example_id = e.id AND batch IS NOT NULL)
       WHERE e.id = ? ORDER BY c.id DESC`,
    )
    .all(exampleId)
    .map((row) => ({
      versionId: row.id,
      at: row.created_at,
      origin: row.origin,
      label: row.change_label,
      sha256: Buffer.from(row.identity).toString('hex'),
      isCurrent: row.id === currentId,
    }));
}

/** The JSON line of an example, or of one of its earlier states. */
export function textOfExample(db: Db, exampleId: number, versionId: number | null): string {
  const { contentId } = load(db, exampleId);
  const wanted = versionId ?? contentId;
  const owned = db
    .prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ? AND example_id = ?')
    .get(wanted, exampleId);
  if (!owned) throw new Error(`version ${wanted} is not of example ${exampleId}`);
  return Buffer.from(owned.bytes).toString('utf8');
}

/** The picture at an image part, if it is a `data:` URL of a picture that a window may decode. */
export function imageOfExample(db: Db, exampleId: number, pointer: string): string | null {
  const url = valueAt(JSON.parse(textOfExample(db, exampleId, null)), `${pointer}/image_url/url`);
  if (typeof url !== 'string' || url.length > (imageLimits.bytes * 4) / 3 + 100) return null;
  return /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/.test(url) ? url : null;
}
