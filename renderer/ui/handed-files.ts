let handed: readonly File[] = [];

/** Keeps files that were dropped on one screen for the screen that takes them in. */
export function handFiles(files: readonly File[]): void {
  handed = files;
}

/** The files that were handed over, once. */
export function takeHandedFiles(): readonly File[] {
  const files = handed;
  handed = [];
  return files;
}
