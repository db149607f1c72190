import { randomUUID } from 'node:crypto';
import { isContractProcedure } from '@orpc/contract';
import { implement, ORPCError, type Router, ValidationError } from '@orpc/server';
import { contract } from '../../shared/contract.ts';
import type { Contract } from '../../shared/contract.ts';
import { AppFailure } from '../../shared/failures.ts';
import type { Handlers } from './handlers.ts';
import type { Log } from './ports.ts';

type AnyHandler = (input: unknown, call: { signal: AbortSignal | undefined }) => unknown;
type Tree = { [key: string]: Tree | AnyHandler };

/** What a caller learns of an undeclared failure: a trace id to look for in the log, and no text. */
function hide(error: unknown, log: Log, path: readonly string[]): ORPCError<string, unknown> {
  const traceId = randomUUID();
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const fields = fieldsOf(error);
  log.error('undeclared failure', {
    traceId,
    path: path.join('.'),
    detail,
    ...(fields.length > 0 && { fields }),
  });
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: `Something went wrong (trace ${traceId}).`,
    data: { traceId },
  });
}

type Issue = { message: string; path?: ReadonlyArray<PropertyKey | { key: PropertyKey }> | undefined };

function fieldOf(issue: Issue): string {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

/** Which fields did not fit the contract, and why; never their values. */
function fieldsOf(error: unknown): string[] {
  const cause = error instanceof Error ? error.cause : undefined;
  const issues = cause instanceof ValidationError ? cause.issues : [];
  return issues.map((issue) => `${fieldOf(issue)}: ${issue.message}`);
}

/** Input that does not fit the contract: says which field, nothing else. */
function badRequest(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const fields = fieldsOf(error);
  return new ORPCError('BAD_REQUEST', {
    message: fields.join('; ') || 'The request does not fit.',
    data: { fields },
  });
}

/** Turns what a handler threw into what may cross: declared failures whole, the rest as a trace id. */
function toWireError(error: unknown, log: Log, path: readonly string[]): ORPCError<string, unknown> {
  if (error instanceof AppFailure) {
    return new ORPCError(error.code, { message: error.data.what, data: error.data });
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badRequest(error);
  return hide(error, log, path);
}

/** Wraps a stream so that a failure half-way is translated like any other. */
async function* translated(
  stream: AsyncIterable<unknown>,
  translate: (error: unknown) => unknown,
): AsyncGenerator<unknown, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw translate(error);
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

type Intercepted = { readonly path: readonly string[]; next(): Promise<unknown> };

/**
 * Turns every failure of a call into what may cross, also those of input and output checks and of streams. To be given
 * to both ways into the router: the in-process client and the message-port handler.
 */
export function createErrorInterceptor(log: Log) {
  return async (call: Intercepted): Promise<unknown> => {
    const translate = (error: unknown): unknown => toWireError(error, log, call.path);
    try {
      const answer = await call.next();
      return isStream(answer) ? translated(answer, translate) : answer;
    } catch (error) {
      throw translate(error);
    }
  };
}

function attach(builder: Tree, handlers: Tree, place: { contract: Tree; path: readonly string[] }): Tree {
  const built: Tree = {};
  for (const [key, part] of Object.entries(place.contract)) {
    const path = [...place.path, key];
    const implementer = builder[key] as unknown as { handler(handler: unknown): AnyHandler } & Tree;
    const handler = handlers[key];
    if (!isContractProcedure(part)) {
      built[key] = attach(implementer, handler as Tree, { ...place, contract: part as Tree, path });
      continue;
    }
    if (typeof handler !== 'function') throw new Error(`no handler for ${path.join('.')}`);
    built[key] = implementer.handler((options: { input: unknown; signal?: AbortSignal }) =>
      handler(options.input ?? {}, { signal: options.signal }),
    );
  }
  return built;
}

/** Builds the router: every procedure of the contract with its handler, input and output parsed. */
export function createRouter(handlers: Handlers<Contract>): Router<Contract, Record<never, never>> {
  const builder = implement(contract);
  const tree = attach(builder as unknown as Tree, handlers as unknown as Tree, {
    contract: contract as unknown as Tree,
    path: [],
  });
  // Every leaf was attached to its own procedure above; the walk loses that type.
  return tree as unknown as Router<Contract, Record<never, never>>;
}
