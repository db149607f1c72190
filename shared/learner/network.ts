import type { SparseVector } from './features.ts';
import { widths, type Layer, type Policy } from './layers.ts';
import type { Gradients } from './optimiser.ts';

const scoreScale = 1 / Math.sqrt(widths.meeting);

/** What a context looked like on its way through the layers; kept for the way back. */
export type ContextPass = {
  readonly input: SparseVector;
  readonly embedded: Float64Array;
  readonly hidden1: Float64Array;
  readonly hidden2: Float64Array;
  readonly vector: Float64Array;
};

/** A candidate's way through the layers; `vector` ends with its bias. */
export type ResponsePass = {
  readonly input: SparseVector;
  readonly embedded: Float64Array;
  readonly vector: Float64Array;
};

function embed(layer: Layer, input: SparseVector): Float64Array {
  const { columns, values } = layer;
  const out = new Float64Array(columns);
  const { buckets, values: weights } = input;
  for (let i = 0; i < buckets.length; i += 1) {
    const weight = weights[i] ?? 0;
    const at = (buckets[i] ?? 0) * columns;
    for (let j = 0; j < columns; j += 1) out[j] = (out[j] ?? 0) + weight * (values[at + j] ?? 0);
  }
  return out;
}

function dense(layer: Layer, input: Float64Array): Float64Array {
  const { rows, columns, values } = layer;
  const out = new Float64Array(rows);
  const last = columns - 1;
  for (let row = 0; row < rows; row += 1) {
    const at = row * columns;
    let sum = values[at + last] ?? 0;
    for (let j = 0; j < last; j += 1) sum += (values[at + j] ?? 0) * (input[j] ?? 0);
    out[row] = sum;
  }
  return out;
}

function relu(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i += 1) if (!((values[i] ?? 0) > 0)) values[i] = 0;
  return values;
}

/** Context → embedding → two ReLU layers → vector. */
export function forwardContext(policy: Policy, input: SparseVector): ContextPass {
  const embedded = embed(policy['context.embedding'], input);
  const hidden1 = relu(dense(policy['context.hidden1'], embedded));
  const hidden2 = relu(dense(policy['context.hidden2'], hidden1));
  return { input, embedded, hidden1, hidden2, vector: dense(policy['context.projection'], hidden2) };
}

/** Response → embedding → vector and bias. */
export function forwardResponse(policy: Policy, input: SparseVector): ResponsePass {
  const embedded = embed(policy['response.embedding'], input);
  return { input, embedded, vector: dense(policy['response.projection'], embedded) };
}

/** How well a response fits a context: scaled dot product plus the response's bias. */
export function score(context: ContextPass, response: ResponsePass): number {
  let sum = 0;
  for (let j = 0; j < widths.meeting; j += 1) sum += (context.vector[j] ?? 0) * (response.vector[j] ?? 0);
  return sum * scoreScale + (response.vector[widths.meeting] ?? 0);
}

/** Adds `slope` = ∂loss/∂score to the gradients of both vectors. */
export function backwardScore(
  pair: { context: ContextPass; response: ResponsePass },
  slope: number,
  into: { context: Float64Array; response: Float64Array },
): void {
  const scaled = slope * scoreScale;
  for (let j = 0; j < widths.meeting; j += 1) {
    into.context[j] = (into.context[j] ?? 0) + scaled * (pair.response.vector[j] ?? 0);
    into.response[j] = (into.response[j] ?? 0) + scaled * (pair.context.vector[j] ?? 0);
  }
  into.response[widths.meeting] = (into.response[widths.meeting] ?? 0) + slope;
}

function backwardDense(
  layer: Layer,
  pass: { input: Float64Array; slopes: Float64Array },
  gradients: Gradients,
) {
  const { columns, rows, values } = layer;
  const last = columns - 1;
  const gradient = gradients.of(layer.name);
  const below = new Float64Array(last);
  for (let row = 0; row < rows; row += 1) {
    const slope = pass.slopes[row] ?? 0;
    if (slope === 0) continue;
    gradient.touch(row);
    const at = row * columns;
    for (let j = 0; j < last; j += 1) {
      gradient.sums[at + j] = (gradient.sums[at + j] ?? 0) + slope * (pass.input[j] ?? 0);
      below[j] = (below[j] ?? 0) + slope * (values[at + j] ?? 0);
    }
    gradient.sums[at + last] = (gradient.sums[at + last] ?? 0) + slope;
  }
  return below;
}

function backwardEmbed(
  layer: Layer,
  pass: { input: SparseVector; slopes: Float64Array },
  gradients: Gradients,
) {
  const gradient = gradients.of(layer.name);
  const { buckets, values } = pass.input;
  for (let i = 0; i < buckets.length; i += 1) {
    const row = buckets[i] ?? 0;
    const weight = values[i] ?? 0;
    gradient.touch(row);
    const at = row * layer.columns;
    for (let j = 0; j < layer.columns; j += 1) {
      gradient.sums[at + j] = (gradient.sums[at + j] ?? 0) + weight * (pass.slopes[j] ?? 0);
    }
  }
}

function maskInactive(slopes: Float64Array, activations: Float64Array): Float64Array {
  for (let i = 0; i < slopes.length; i += 1) if ((activations[i] ?? 0) === 0) slopes[i] = 0;
  return slopes;
}

/** Carries ∂loss/∂(context vector) back into the four context layers. */
export function backwardContext(
  policy: Policy,
  pass: { context: ContextPass; slopes: Float64Array },
  gradients: Gradients,
): void {
  const { context, slopes } = pass;
  const two = backwardDense(policy['context.projection'], { input: context.hidden2, slopes }, gradients);
  maskInactive(two, context.hidden2);
  const one = backwardDense(policy['context.hidden2'], { input: context.hidden1, slopes: two }, gradients);
  maskInactive(one, context.hidden1);
  const zero = backwardDense(policy['context.hidden1'], { input: context.embedded, slopes: one }, gradients);
  backwardEmbed(policy['context.embedding'], { input: context.input, slopes: zero }, gradients);
}

/** Carries ∂loss/∂(response vector) back into the two response layers. */
export function backwardResponse(
  policy: Policy,
  pass: { response: ResponsePass; slopes: Float64Array },
  gradients: Gradients,
): void {
  const { response, slopes } = pass;
  const input = response.embedded;
  const below = backwardDense(policy['response.projection'], { input, slopes }, gradients);
  backwardEmbed(policy['response.embedding'], { input: response.input, slopes: below }, gradients);
}
