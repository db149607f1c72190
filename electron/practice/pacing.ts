import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';

/*
 * The few words the main thread and a training thread share: how fast to go, and whether to pause.
 * Only the waiting depends on them.
 */

const paces = ['instant', 'ten_times', 'real_time'] as const satisfies readonly PracticePace[];
const paceAt = 0;
const pauseAt = 1;

const longestRunMs = 150_000;
const longestStepMs = 300;

/** Steers one run from the main thread. */
export type Control = SharedArrayBuffer;

/** Creates the shared words of a run. */
export function createControl(pace: PracticePace): Control {
  const control = new SharedArrayBuffer(8);
  setControlPace(control, pace);
  return control;
}

/** Changes how long the run waits between steps, from now on; ends the wait it is in. */
export function setControlPace(control: Control, pace: PracticePace): void {
  const words = new Int32Array(control);
  Atomics.store(words, paceAt, paces.indexOf(pace));
  Atomics.notify(words, paceAt);
}

/** Asks the run to stop after the current step and stay resumable. */
export function requestPause(control: Control): void {
  const words = new Int32Array(control);
  Atomics.store(words, pauseAt, 1);
  Atomics.notify(words, paceAt);
}

export function isPauseRequested(control: Control): boolean {
  return Atomics.load(new Int32Array(control), pauseAt) === 1;
}

/** Ends the wait a run is in, so that it notices that it is cancelled. */
export function wake(control: Control): void {
  Atomics.notify(new Int32Array(control), paceAt);
}

/** How long one step lasts at a pace, in ms: in real time a run takes up to two and a half minutes. */
export function stepMs(pace: PracticePace, totalSteps: number): number {
  const real = Math.min(longestStepMs, longestRunMs / Math.max(1, totalSteps));
  if (pace === 'real_time') return real;
  return pace === 'ten_times' ? real / 10 : 0;
}

/** Waits as long as the pace says, or until somebody changes it. */
export async function waitForPace(control: Control, totalSteps: number): Promise<void> {
  const words = new Int32Array(control);
  const index = Atomics.load(words, paceAt);
  const ms = stepMs(paces[index] ?? 'instant', totalSteps);
  if (ms === 0) return;
  const waiting = Atomics.waitAsync(words, paceAt, index, ms);
  if (waiting.async) await waiting.value;
}
