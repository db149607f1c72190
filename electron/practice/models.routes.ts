import { Hono } from 'hono';
import { ApiError } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { practiceBaseModel } from './model-names.ts';
import { deleteModel, findModel, listModels } from './models.sql.ts';
import { wireBaseModel, wireModel } from './wire.ts';

/** GET /models, one model, DELETE of a tuned one. Names hold colons, so the path is taken as it is. */
export function modelsRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  const { db } = context.store;
  app.get('/', (c) => {
    const data = [wireBaseModel(), ...listModels(db).map(wireModel)];
    return c.json({ object: 'list', data });
  });
  app.get('/:id', (c) => {
    const id = c.req.param('id');
    if (id === practiceBaseModel) return c.json(wireBaseModel());
    const row = findModel(db, id);
    if (!row) throw modelNotFound(id);
    return c.json(wireModel(row));
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    if (id === practiceBaseModel) {
      throw new ApiError(403, `You can only delete fine-tuned models, not ${id}.`, { param: 'model' });
    }
    const isDeleted = await context.store.write((writer) => deleteModel(writer, id));
    if (!isDeleted) throw modelNotFound(id);
    context.answerer.forget(id);
    return c.json({ id, object: 'model', deleted: true });
  });
  return app;
}

/** 404: no such model, in the platform's words. */
export function modelNotFound(id: string): ApiError {
  return new ApiError(404, `The model \`${id}\` does not exist or you do not have access to it.`, {
    code: 'model_not_found',
  });
}
