import { v7 as uuidv7 } from 'uuid';
import type { datasetsContract } from '../../../shared/features/datasets/datasets.contract.ts';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfCode } from '../../../shared/features/datasets/sft/finding-codes.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { AddInput } from './add.job.ts';
import type { MakeBulk } from './bulk-handlers.ts';
import { detailOf, imageOfExample, textOfExample } from './detail.ts';
import { mendErrors } from './mending.ts';
import { requireDataset } from './reader.ts';
import { dropUnused, type RewriteChange, type RewriteInput } from './rewrite.job.ts';
import type { Views } from './views.ts';

type ExampleHandlers = Pick<
  Handlers<typeof datasetsContract>,
  | 'example'
  | 'exampleText'
  | 'exampleImage'
  | 'editExample'
  | 'fixFinding'
  | 'fixAll'
  | 'mendErrors'
  | 'addExample'
  | 'checkText'
>;

const fixTaskKind = 'datasets.fix';
type FixParams = { readonly datasetId: string; readonly code: string; readonly batch: string };

/** Reading and changing examples; every change is one event that can be undone. */
export function createExampleHandlers(
  kit: Kit,
  parts: { views: Views; makeBulk: MakeBulk },
): ExampleHandlers {
  registerFixTask(kit, parts.makeBulk);
  const db = () => kit.workspace.require().db;
  const rewriteOne = async (exampleId: number, change: RewriteChange): Promise<{ detail: ExampleDetail }> => {
    const session = kit.workspace.require();
    const { datasetId } = detailOf(session.db, exampleId);
    const input: RewriteInput = {
      store: session.address,
      datasetId,
      batch: uuidv7(),
      at: kit.clock.now(),
      change,
    };
    const { changed } = await kit.workers.run<{ changed: number }>('datasets.rewrite', input, {
      lockWriter: () => session.lockWriter(),
    });
    if (changed > 0) kit.changes.emit('datasets');
    return { detail: detailOf(session.db, exampleId) };
  };
  const fixAll = async (datasetId: string, code: string): Promise<string> => {
    const { name } = requireDataset(db(), datasetId);
    const params: FixParams = { datasetId, code, batch: uuidv7() };
    const title = `Fix “${titleOfCode(code).toLowerCase()}” in ${name}`;
    const subject = { feature: 'datasets', id: datasetId };
    return kit.tasks.start({ kind: fixTaskKind, title, params, subject, unit: 'examples' });
  };
  return {
    example: ({ exampleId }) => detailOf(db(), exampleId),
    exampleText: ({ exampleId, versionId }) => ({ text: textOfExample(db(), exampleId, versionId) }),
    exampleImage: ({ exampleId, pointer }) => ({ dataUrl: imageOfExample(db(), exampleId, pointer) }),
    editExample: ({ exampleId, text }) => rewriteOne(exampleId, { kind: 'edit', exampleId, text }),
    fixFinding: ({ exampleId, code, pointer }) =>
      rewriteOne(exampleId, { kind: 'fix', exampleId, code, pointer }),
    fixAll: async ({ datasetId, code }) => ({ taskId: await fixAll(datasetId, code) }),
    async mendErrors({ datasetId, deletesRest }) {
      return mendErrors(kit, { ...parts, fixAll }, { datasetId, deletesRest });
    },
    ...createAddHandlers(kit),
  };
}

function createAddHandlers(kit: Kit): Pick<ExampleHandlers, 'addExample' | 'checkText'> {
  return {
    async addExample({ datasetId, from }) {
      const session = kit.workspace.require();
      requireDataset(session.db, datasetId);
      const source = 'exampleId' in from ? detailOf(session.db, from.exampleId).row : null;
      const input: AddInput = {
        store: session.address,
        datasetId,
        text: 'text' in from ? from.text : textOfExample(session.db, from.exampleId, null),
        batch: uuidv7(),
        at: kit.clock.now(),
        copyOf: source,
      };
      const added = await kit.workers.run<{ exampleId: number }>('datasets.add', input, {
        lockWriter: () => session.lockWriter(),
      });
      kit.changes.emit('datasets');
      return added;
    },
    async checkText({ datasetId, text }, { signal }) {
      const { method } = requireDataset(kit.workspace.require().db, datasetId);
      return kit.workers.run('datasets.check-text', { text, method }, { signal });
    },
  };
}

function registerFixTask(kit: Kit, makeBulk: MakeBulk): void {
  kit.tasks.register<FixParams>(fixTaskKind, {
    afterCrash: 'rollBack',
    async run(context) {
      const { params, workspace, signal } = context;
      const { datasetId, code, batch } = params;
      if (code === 'exact_duplicate') {
        await makeBulk(datasetId, 'duplicates', {
          kind: 'delete',
          nouns: ['duplicate example', 'duplicate examples'],
          at: kit.clock.now(),
        });
      } else {
        const change: RewriteChange = { kind: 'fix-all', code };
        const input: RewriteInput = {
          store: workspace.address,
          datasetId,
          batch,
          at: kit.clock.now(),
          change,
        };
        await kit.workers.run('datasets.rewrite', input, {
          signal,
          lockWriter: () => workspace.lockWriter(),
          onProgress: (one) => context.progress({ done: one.done, total: one.total }),
        });
      }
      kit.changes.emit('datasets');
    },
    rollBack: (session, { batch }) => session.write((store) => dropUnused(store, batch)),
  });
}
