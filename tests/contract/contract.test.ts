import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { failureData } from '../../shared/failures.ts';
import { describeContract, textFields } from '../helpers/contract-walk.ts';

/** A field of such a name could carry a key, a password or a token. */
const secretName = /key|secret|token|password|passphrase|phrase|credential|authorization|cookie|bearer/i;

/** Text fields of such a name that carry no secret; each with its reason. */
const allowed: Record<string, string> = {
  'workspaces.create recoveryPhrase': 'shown once, at creation, to write down',
  'settings.get settings.keymap{}': 'keyboard shortcuts',
  'settings.update settings.keymap{}': 'keyboard shortcuts',
  'settings.reset settings.keymap{}': 'keyboard shortcuts',
  'settings.about keyStorage.reason': 'where keys are kept, in words',
};

describe('the contract', () => {
  const procedures = describeContract();

  test('is the one that was reviewed', async () => {
    // After a wanted change: npx vitest run tests/contract -u, and look at the difference before committing it.
    const failure = z.toJSONSchema(failureData);
    const text = JSON.stringify({ failure, procedures }, null, 1);
    await expect(`${text}\n`).toMatchFileSnapshot('./contract.golden.json');
  });

  test('lets no key, password or token out', () => {
    const found = procedures.flatMap(({ path, output }) =>
      textFields(output ?? {})
        .filter((field) => field.split('.').some((part) => secretName.test(part)))
        .map((field) => `${path} ${field}`),
    );
    expect(found.filter((field) => !(field in allowed))).toEqual([]);
    expect(
      Object.keys(allowed).filter((field) => !found.includes(field)),
      'allowed but not there',
    ).toEqual([]);
  });

  test('a secret in any disguise would be found', () => {
    const leaky = z.object({
      connections: z.array(
        z.union([z.object({ apiKey: z.string().nullable() }), z.object({ n: z.number() })]),
      ),
      headers: z.record(z.string(), z.string()),
      tokenCount: z.number(),
      keyState: z.enum(['stored', 'missing']),
      anyToken: z.unknown(),
    });
    // z.toJSONSchema answers a JSON schema object.
    const fields = textFields(z.toJSONSchema(leaky) as Parameters<typeof textFields>[0]);
    expect(fields.filter((field) => secretName.test(field))).toEqual(['connections[].apiKey', 'anyToken']);
    expect(fields).toContain('headers{}');
  });

  test('every output is described, and every input is an object', () => {
    expect(procedures.length).toBeGreaterThan(20);
    expect(procedures.filter(({ output }) => output === null).map(({ path }) => path)).toEqual([]);
    expect(
      procedures.filter(({ input }) => input && input.type !== 'object').map(({ path }) => path),
    ).toEqual([]);
  });
});
