import { layerNames, type Layer, type LayerName, type Policy } from './layers.ts';

/** Sum of one layer's gradients over the examples of a batch, and which of its rows got any. */
export class LayerGradient {
  readonly sums: Float64Array;
  readonly #columns: number;
  readonly #isTouched: Uint8Array;
  readonly #touched: number[] = [];

  constructor(layer: Layer) {
    this.sums = new Float64Array(layer.values.length);
    this.#columns = layer.columns;
    this.#isTouched = new Uint8Array(layer.rows);
  }

  touch(row: number): void {
    if (this.#isTouched[row] === 1) return;
    this.#isTouched[row] = 1;
    this.#touched.push(row);
  }

  /** Touched rows in ascending order, whatever order the examples came in. */
  rows(): readonly number[] {
    return this.#touched.sort((a, b) => a - b);
  }

  clear(): void {
    for (const row of this.#touched) {
      this.#isTouched[row] = 0;
      this.sums.fill(0, row * this.#columns, (row + 1) * this.#columns);
    }
    this.#touched.length = 0;
  }
}

/** Gradients of all layers, each for itself. */
export class Gradients {
  readonly #layers: ReadonlyMap<LayerName, LayerGradient>;

  constructor(policy: Policy) {
    this.#layers = new Map(layerNames.map((name) => [name, new LayerGradient(policy[name])]));
  }

  of(name: LayerName): LayerGradient {
    const found = this.#layers.get(name);
    if (!found) throw new Error(`no layer ${name}`);
    return found;
  }

  clear(): void {
    for (const layer of this.#layers.values()) layer.clear();
  }
}

/** What AdamW remembers of one layer; `powers` are β₁ and β₂ to the number of its steps. */
export type LayerMemory = {
  readonly first: Float64Array;
  readonly second: Float64Array;
  steps: number;
  powers: [number, number];
};
export type OptimiserMemory = Readonly<Record<LayerName, LayerMemory>>;

const beta1 = 0.9;
const beta2 = 0.99;
const epsilon = 1e-8;
const weightDecay = 0.01;
const longestGradient = 1;
/** A run with an absurd rate saturates here: its loss is huge, but a number. */
const largestParameter = 1000;

/** Memory of an optimiser that has not made a step. */
export function createMemory(policy: Policy): OptimiserMemory {
  const entries = layerNames.map((name): [LayerName, LayerMemory] => [
    name,
    {
      first: new Float64Array(policy[name].values.length),
      second: new Float64Array(policy[name].values.length),
      steps: 0,
      powers: [1, 1],
    },
  ]);
  return Object.fromEntries(entries) as Record<LayerName, LayerMemory>;
}

/**
 * One AdamW step of one layer. Denominator, clipping, moments and step counter belong to the layer alone, so that
 * what is kept out of a layer leaves no trace in it. Rows without a gradient stay as they are.
 */
export function stepLayer(
  target: { layer: Layer; memory: LayerMemory },
  gradient: LayerGradient,
  step: { rate: number; examples: number },
): void {
  const { layer, memory } = target;
  const { columns, values } = layer;
  const rows = gradient.rows();
  if (rows.length === 0 || step.examples === 0) return;
  const scale = clipScale(gradient, columns, step.examples);
  memory.steps += 1;
  memory.powers = [memory.powers[0] * beta1, memory.powers[1] * beta2];
  const firstCorrection = 1 / (1 - memory.powers[0]);
  const secondCorrection = 1 / (1 - memory.powers[1]);
  for (const row of rows) {
    for (let i = row * columns, end = i + columns; i < end; i += 1) {
      const slope = (gradient.sums[i] ?? 0) * scale;
      const first = beta1 * (memory.first[i] ?? 0) + (1 - beta1) * slope;
      const second = beta2 * (memory.second[i] ?? 0) + (1 - beta2) * slope * slope;
      memory.first[i] = first;
      memory.second[i] = second;
      const move = (first * firstCorrection) / (Math.sqrt(second * secondCorrection) + epsilon);
      const old = values[i] ?? 0;
      const next = old - step.rate * (move + weightDecay * old);
      values[i] = Math.max(-largestParameter, Math.min(largestParameter, next));
    }
  }
}

/** Turns the sum into a mean no longer than the limit. */
function clipScale(gradient: LayerGradient, columns: number, examples: number): number {
  let square = 0;
  for (const row of gradient.rows()) {
    for (let i = row * columns, end = i + columns; i < end; i += 1) {
      const slope = (gradient.sums[i] ?? 0) / examples;
      square += slope * slope;
    }
  }
  const length = Math.sqrt(square);
  return (length > longestGradient ? longestGradient / length : 1) / examples;
}
