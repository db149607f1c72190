import { valueAt } from '../../../shared/features/datasets/json-pointer.ts';
import type { DetectionView } from '../../../shared/features/privacy/privacy.model.ts';
import type { Db } from '../../core/ports.ts';
import { contentText, type DetectionRow } from './privacy.sql.ts';

const shownAround = 90;

/** A detection with the words around it. */
export function toView(db: Db, row: DetectionRow): DetectionView {
  const { contentId, ordinal, start, end, state, reason, ...rest } = row;
  const value: unknown = JSON.parse(contentText(db, contentId) ?? 'null');
  const found = valueAt(value, row.pointer);
  const text = typeof found === 'string' ? found : '';
  return {
    ...rest,
    detectionId: `${contentId}:${ordinal}`,
    before: text.slice(Math.max(0, start - shownAround), start).toWellFormed(),
    match: text.slice(start, Math.min(end, start + 400)).toWellFormed(),
    after: text.slice(end, end + shownAround).toWellFormed(),
    state,
    reason: state === 'kept' ? reason : null,
  };
}
