import { useEffect, useState } from 'react';

const settledMs = 250;

/** A value once it has not changed for a quarter of a second, so that typing does not ask for every letter. */
export function useSettled<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    if (settled.text === text) return undefined;
    const timer = setTimeout(() => setSettled({ text, value }), settledMs);
    return () => clearTimeout(timer);
  }, [settled, text, value]);
  return settled.value;
}
