import type { FieldLoss } from './formats.model.ts';

/** Collects what a conversion loses, each field and reason once. */
export class Losses {
  readonly #found: FieldLoss[] = [];

  add(field: string, reason: string): void {
    const isKnown = this.#found.some((one) => one.field === field && one.reason === reason);
    if (!isKnown) this.#found.push({ field, reason });
  }

  addAll(losses: readonly FieldLoss[]): void {
    for (const { field, reason } of losses) this.add(field, reason);
  }

  get list(): readonly FieldLoss[] {
    return this.#found;
  }
}

/** A row cannot be had in the wanted form; the message is the reason people read. Caught by the codec. */
export class Unfit extends Error {}
