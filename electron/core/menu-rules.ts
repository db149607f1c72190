const keyNames: Readonly<Record<string, string>> = {
  $mod: 'CommandOrControl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/** A tinykeys chord as Electron writes it; undefined for sequences and single letters, which no menu can show. */
export function acceleratorOf(keys: string | null): string | undefined {
  if (keys === null || keys.includes(' ')) return undefined;
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  if (parts.length === 1 && !/^F\d+$/.test(key)) return undefined;
  if (parts.length === 2 && parts[0] === 'Shift' && key.length === 1) return undefined;
  return parts.map((part) => keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join('+');
}
