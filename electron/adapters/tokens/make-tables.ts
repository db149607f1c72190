import { classRuns } from '../../../shared/tokens/character-classes.ts';
import type { TokenTables } from '../../../shared/tokens/token-tables.ts';

/** Builds the tables from a vocabulary file (`base64 rank` lines, as OpenAI publishes them). Takes about half a second. */
export function makeTables(vocabulary: string): TokenTables {
  const tokens: string[] = [];
  for (const line of vocabulary.trim().split('\n')) {
    const [bytes = '', rank = ''] = line.split(' ');
    tokens[Number(rank)] = Buffer.from(bytes, 'base64').toString('latin1');
  }
  const dense = Array.from(tokens, (token) => token ?? '');
  return {
    tokenLengths: Uint8Array.from(dense, (token) => token.length),
    tokenBytes: new Uint8Array(Buffer.from(dense.join(''), 'latin1')),
    ...makePairs(dense),
    classRuns: classRuns(),
  };
}

function makePairs(tokens: readonly string[]): Pick<TokenTables, 'pairCounts' | 'pairLefts' | 'pairRights'> {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const pairCounts = new Uint8Array(tokens.length);
  const [lefts, rights]: [number[], number[]] = [[], []];
  for (const [id, token] of tokens.entries()) {
    for (let cut = 1; cut < token.length; cut += 1) {
      const left = ids.get(token.slice(0, cut));
      const right = left === undefined ? undefined : ids.get(token.slice(cut));
      if (left === undefined || right === undefined) continue;
      lefts.push(left);
      rights.push(right);
      pairCounts[id] = (pairCounts[id] ?? 0) + 1;
    }
  }
  return { pairCounts, pairLefts: Uint32Array.from(lefts), pairRights: Uint32Array.from(rights) };
}
