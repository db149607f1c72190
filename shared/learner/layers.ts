import { contextBuckets, responseBuckets } from './features.ts';
import { createPrng } from './prng.ts';

/** Parameters with a name of their own; row-major, a dense layer's last column is its bias. */
export type Layer = {
  readonly name: LayerName;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
};

/** What the policy consists of; each layer is trained, counted, clipped and hashed for itself. */
export const layerNames = [
  'context.embedding',
  'context.hidden1',
  'context.hidden2',
  'context.projection',
  'response.embedding',
  'response.projection',
] as const;
export type LayerName = (typeof layerNames)[number];

/** Widths of the network: embedding, hidden layers, and the space in which contexts and responses meet. */
export const widths = { embedding: 32, hidden1: 96, hidden2: 64, meeting: 24 } as const;

type Shape = {
  rows: number;
  columns: number;
  /** An embedding's rows have no bias; `scale` is the spread of its first values. */
  embedding: { scale: number } | null;
  /** Factor on the learning rate: rows that few examples touch must move further at each touch. */
  rateFactor: number;
};

/** Row and column counts; `response.projection` has one row more, the response's own bias. */
export const layerShapes: Readonly<Record<LayerName, Shape>> = {
  'context.embedding': {
    rows: contextBuckets,
    columns: widths.embedding,
    embedding: { scale: 0.05 },
    rateFactor: 10,
  },
  'context.hidden1': { rows: widths.hidden1, columns: widths.embedding + 1, embedding: null, rateFactor: 1 },
  'context.hidden2': { rows: widths.hidden2, columns: widths.hidden1 + 1, embedding: null, rateFactor: 1 },
  'context.projection': { rows: widths.meeting, columns: widths.hidden2 + 1, embedding: null, rateFactor: 1 },
  'response.embedding': {
    rows: responseBuckets,
    columns: widths.embedding,
    embedding: { scale: 0.6 },
    rateFactor: 5,
  },
  'response.projection': {
    rows: widths.meeting + 1,
    columns: widths.embedding + 1,
    embedding: null,
    rateFactor: 1,
  },
};

/** The ranking policy: its six layers by name. */
export type Policy = Readonly<Record<LayerName, Layer>>;

/** Builds a policy layer by layer. */
export function mapLayers(build: (name: LayerName) => Layer): Policy {
  return Object.fromEntries(layerNames.map((name) => [name, build(name)])) as Record<LayerName, Layer>;
}

/** An untrained policy; every layer draws from a stream of its own, uniformly, scaled to keep variances. */
export function createPolicy(seed: number): Policy {
  return mapLayers((name) => {
    const { rows, columns, embedding } = layerShapes[name];
    const prng = createPrng(seed, `layer ${name}`);
    const values = new Float64Array(rows * columns);
    const reach = embedding ? Math.sqrt(3) * embedding.scale : Math.sqrt(6 / (columns - 1));
    for (let i = 0; i < values.length; i += 1) {
      const isBias = !embedding && i % columns === columns - 1;
      const drawn = (prng.unit() * 2 - 1) * reach;
      values[i] = isBias ? 0 : drawn;
    }
    return { name, rows, columns, values };
  });
}

/** A copy that later training of the original does not touch. */
export function copyPolicy(policy: Policy): Policy {
  return mapLayers((name) => ({ ...policy[name], values: policy[name].values.slice() }));
}
