import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { openDatabase } from './open-database.ts';

const pageBytes = 16_384;

test('an encrypted store holds no readable text, opens by its key alone, and tells every flipped bit', () => {
  const temp = createTempFolder();
  try {
    const file = join(temp.folder, 'w.db');
    const keyHex = randomBytes(32).toString('hex');
    const db = openDatabase({ file, keyHex });
    db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO notes (body) VALUES (?)');
    db.transaction(() => {
      for (let at = 0; at < 400; at += 1) insert.run(`a plain secret ${at} `.repeat(20));
    });
    db.close();
    const whole = readFileSync(file);
    expect(whole.includes('plain secret')).toBe(false);
    expect(whole.includes('SQLite format')).toBe(false);

    const readAll = (key: string): number => {
      const opened = openDatabase({ file, keyHex: key });
      try {
        return opened.prepare<{ n: number }>('SELECT SUM(length(body)) AS n FROM notes').get()?.n ?? 0;
      } finally {
        opened.close();
      }
    };
    const length = readAll(keyHex);
    expect(length).toBeGreaterThan(400 * 300);
    expect(() => readAll(randomBytes(32).toString('hex'))).toThrow();

    // Bits of every page, in its first and its last byte too. The first 24 bytes of a store hold no data: a salt that is not
    // used with a raw key, and what SQLite needs to know of pages before it has the key.
    for (let page = 0; page * pageBytes < whole.length; page += 1) {
      for (const place of [page === 0 ? 24 : 0, (page * 977 + 500) % pageBytes, pageBytes - 1]) {
        const broken = Buffer.from(whole);
        const at = page * pageBytes + place;
        broken[at] = (broken[at] ?? 0) ^ (1 << (page % 8));
        writeFileSync(file, broken);
        expect(() => readAll(keyHex), `bit in byte ${place} of page ${page + 1}`).toThrow();
      }
    }
  } finally {
    temp.remove();
  }
});
