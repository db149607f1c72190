/** Path of Electron's program when its runtime is installed; null when only the package is. */
export function electronProgram(): string | null;
