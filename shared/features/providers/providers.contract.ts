import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  baseUrlVerdict,
  connection,
  connectionKind,
  connectionModel,
  connectionTest,
} from './providers.model.ts';

const byId = z.object({ connectionId: z.string() });
const optionalName = z.string().trim().min(1).max(200).nullable();

/** Connections to providers: the embedded practice one, OpenAI, and any server that speaks the same API. */
export const providersContract = {
  list: procedure('NO_WORKSPACE').output(z.array(connection)),
  /** Judges an address as it is typed; nothing is sent. */
  checkBaseUrl: procedure()
    .input(z.object({ baseUrl: z.string().max(2000) }))
    .output(baseUrlVerdict),
  /** Stores the key in the secret store and the rest in the workspace. Sends nothing and does not open the gate. */
  connect: procedure('NO_WORKSPACE', 'INVALID_CONTENT')
    .input(
      z.object({
        kind: connectionKind.exclude(['practice']),
        name: z.string().trim().min(1).max(80),
        baseUrl: z.string().trim().min(1).max(2000),
        apiKey: z.string().trim().min(1).max(4000),
        organization: optionalName,
        project: optionalName,
        /** True once the user confirmed an address in a private network. */
        isAddressConfirmed: z.boolean(),
      }),
    )
    .output(connection),
  /** Gives a connection a new key, for example after it was kept in memory only. */
  replaceKey: procedure('NO_WORKSPACE', 'CONNECTION_NOT_FOUND', 'INVALID_CONTENT')
    .input(byId.extend({ apiKey: z.string().trim().min(1).max(4000) }))
    .output(connection),
  rename: procedure('NO_WORKSPACE', 'CONNECTION_NOT_FOUND', 'INVALID_CONTENT')
    .input(byId.extend({ name: z.string().trim().min(1).max(80) }))
    .output(connection),
  /** Forgets the connection and deletes its key from the secret store. */
  remove: procedure('NO_WORKSPACE', 'CONNECTION_NOT_FOUND', 'JOB_STATE').input(byId).output(z.object({})),
  /** Lists the models once to see whether address and key work; the result is kept on the connection. */
  test: procedure('NO_WORKSPACE', 'CONNECTION_NOT_FOUND').input(byId).output(connectionTest),
  /** The models as last read (`readAt`), and read again now when `refresh`. */
  models: procedure(
    'NO_WORKSPACE',
    'CONNECTION_NOT_FOUND',
    'OFFLINE',
    'KEY_REJECTED',
    'PROVIDER_UNREACHABLE',
    'PROVIDER_REFUSED',
    'RATE_LIMITED',
    'QUOTA_EXHAUSTED',
    'CANCELLED',
  )
    .input(byId.extend({ refresh: z.boolean() }))
    .output(z.object({ readAt: z.number().int().nullable(), models: z.array(connectionModel) })),
};
