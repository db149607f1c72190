import { layerNames, layerShapes, mapLayers, type LayerName, type Policy } from './layers.ts';
import type { LayerMemory, OptimiserMemory } from './optimiser.ts';
import { Sha256, sha256Hex } from './sha256.ts';
import type { TrainingState } from './trainer.ts';

/** Stored bytes that cannot be a policy or a run of this program, or numbers that must not be stored. */
export class WeightsError extends Error {}

const domain = 'lapidary.practice.v1';

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Little-endian bytes of Float64 numbers; −0 becomes 0, NaN is refused. */
function floatBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (Number.isNaN(value)) throw new WeightsError('A weight is not a number.');
    view.setFloat64(i * 8, value + 0, true);
  }
  return bytes;
}

/** SHA-256 of one layer under its own tag: name, shape, then its numbers. */
export function layerSha256(policy: Policy, name: LayerName): string {
  const { rows, columns, values } = policy[name];
  return new Sha256()
    .update(asciiBytes(`${domain}|layer|${name}|${rows}x${columns}|`))
    .update(floatBytes(values))
    .hex();
}

/** SHA-256 over the layers' hashes in their fixed order: the same weights give the same text on every machine. */
export function policySha256(policy: Policy): string {
  const lines = layerNames.map((name) => `${name} ${layerSha256(policy, name)}`);
  return sha256Hex(asciiBytes(`${domain}|policy|${lines.join('\n')}`));
}

/** A policy as bytes: every layer's numbers, exact, in the fixed order (about 1.7 MB). */
export function policyToBytes(policy: Policy): Uint8Array {
  return join(layerNames.map((name) => floatBytes(policy[name].values)));
}

/** Reads what {@link policyToBytes} wrote. Throws WeightsError when the length does not fit. */
export function policyFromBytes(bytes: Uint8Array): Policy {
  const reader = new FloatReader(bytes);
  const policy = readPolicy(reader);
  reader.end();
  return policy;
}

/** A run between two steps as bytes: step, weights, and what the optimiser remembers of each layer. */
export function stateToBytes(state: TrainingState): Uint8Array {
  const parts = [floatBytes([state.step]), policyToBytes(state.policy)];
  for (const name of layerNames) {
    const { first, second, steps, powers } = state.memory[name];
    parts.push(floatBytes([steps, ...powers]), floatBytes(first), floatBytes(second));
  }
  return join(parts);
}

/** Reads what {@link stateToBytes} wrote. Throws WeightsError when the length does not fit. */
export function stateFromBytes(bytes: Uint8Array): TrainingState {
  const reader = new FloatReader(bytes);
  const [step = 0] = reader.take(1);
  const policy = readPolicy(reader);
  const entries = layerNames.map((name): [LayerName, LayerMemory] => {
    const [steps = 0, power1 = 1, power2 = 1] = reader.take(3);
    const size = policy[name].values.length;
    return [name, { first: reader.take(size), second: reader.take(size), steps, powers: [power1, power2] }];
  });
  reader.end();
  const memory: OptimiserMemory = Object.fromEntries(entries) as Record<LayerName, LayerMemory>;
  return { step, policy, memory };
}

function readPolicy(reader: FloatReader): Policy {
  return mapLayers((name) => {
    const { rows, columns } = layerShapes[name];
    return { name, rows, columns, values: reader.take(rows * columns) };
  });
}

class FloatReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Float64Array {
    if (this.#at + count * 8 > this.#view.byteLength) throw new WeightsError('Stored weights are cut short.');
    const values = new Float64Array(count);
    for (let i = 0; i < count; i += 1) values[i] = this.#view.getFloat64(this.#at + i * 8, true);
    this.#at += count * 8;
    return values;
  }

  end(): void {
    if (this.#at !== this.#view.byteLength) throw new WeightsError('Stored weights are too long.');
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
