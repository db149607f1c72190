import { makeCodec } from './codec.ts';
import { isObject, without } from './json-values.ts';
import { Unfit } from './losses.ts';
import { answerOf, readExchange } from './stored-completions.codec.ts';

/** Lines of a batch's output. The requests are in the input file, whose line belongs under `request`. */
export const batchOutput = makeCodec({
  name: 'batch-output',
  title: 'OpenAI batch output',
  fit(row) {
    const isLine = typeof row.custom_id === 'string' && isObject(row.response);
    return isLine ? { sureness: 1, method: 'sft', why: '“custom_id” with a response.' } : null;
  },
  read(row, losses) {
    const { response } = row;
    if (!isObject(response)) throw new Unfit(`The request failed${errorText(row.error)}.`);
    if (typeof response.status_code === 'number' && response.status_code >= 400) {
      throw new Unfit(`The request failed with status ${response.status_code}.`);
    }
    const body = isObject(response.body) ? response.body : response;
    if (answerOf(body) === null) throw new Unfit('The response has no answer.');
    const request = [row.request, row.body];
    if (!request.some(isObject)) {
      throw new Unfit(
        "A batch's output does not hold the questions. Import it together with the batch's input file.",
      );
    }
    const told = readExchange(body, request, losses);
    for (const key of Object.keys(told.extra))
      losses.add(`response.body.${key}`, 'It is about the request, not of the example.');
    return { ...told, extra: without(row, ['response', 'request', 'body', 'error', 'id', 'method', 'url']) };
  },
});

function errorText(error: unknown): string {
  return isObject(error) && typeof error.message === 'string' ? `: ${error.message}` : '';
}
