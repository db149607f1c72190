import type { Page } from 'playwright-core';
import { isTrustedSender } from '../core/window-rules.ts';
import type { Log } from '../core/ports.ts';
import { fromPacket, type Packet, pipeScript, toPacket } from './pipe-script.ts';

/** Longest message accepted from the page, in UTF-16 units; files come in chunks far below it. */
export const longestPacket = 32 * 1024 * 1024;

type Listener = (event?: { data: unknown }) => void;

/** One connection of the core to one document of the page, shaped like Electron's MessagePortMain. */
export type PagePort = {
  on(event: string, listener: Listener): void;
  postMessage(message: string | Uint8Array): void;
};

type Connection = { port: PagePort; receive(message: string | Uint8Array): void; close(): void };

/** Opens one connection to the document with this id; `deliver` sends packets in order, many at once when it is slow. */
function createConnection(deliver: (packets: Packet[]) => Promise<void>): Connection {
  const listeners: Record<string, Listener[]> = { message: [], close: [] };
  const queue: Packet[] = [];
  let isOpen = true;
  let isSending = false;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    queue.length = 0;
    for (const listener of listeners.close ?? []) listener();
  };
  const drain = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      while (queue.length > 0) await deliver(queue.splice(0));
    } catch {
      // The document is gone (reload, closed window): whoever waits for an answer waits no longer.
      close();
    } finally {
      isSending = false;
    }
  };
  return {
    port: {
      on(event, listener) {
        listeners[event]?.push(listener);
      },
      postMessage(message) {
        if (!isOpen) return;
        queue.push(toPacket(message));
        void drain();
      },
    },
    receive(message) {
      for (const listener of isOpen ? (listeners.message ?? []) : []) listener({ data: message });
    },
    close,
  };
}

export type PipeOptions = { origin: string; log: Log; connect: (port: PagePort) => void };

/**
 * Joins a page to the core: every document that speaks gets a connection of its own, the one before it is closed.
 * `endDocument` is to be called when a new document is on its way (reload), so that the old one's streams end at once.
 */
export async function joinPage(page: Page, options: PipeOptions): Promise<{ endDocument(): void }> {
  const seen = new Set<string>();
  let current: { id: string; connection: Connection } | null = null;

  const connectionOf = (id: string): Connection | null => {
    if (current?.id === id) return current.connection;
    if (seen.has(id)) return null;
    seen.add(id);
    current?.connection.close();
    const connection = createConnection((packets) =>
      page.evaluate(([to, batch]) => Reflect.get(globalThis, 'lapidaryDeliver')(to, batch), [
        id,
        packets,
      ] as const),
    );
    current = { id, connection };
    options.connect(connection.port);
    return connection;
  };

  await page.exposeBinding('lapidarySend', (source, id: unknown, packet: unknown) => {
    const sender = {
      url: source.frame.url(),
      isMainFrame: source.frame === page.mainFrame(),
      isOwnWindow: source.page === page,
    };
    if (!isTrustedSender(sender, options.origin))
      return options.log.warn('a stranger spoke', { url: sender.url });
    if (typeof id !== 'string' || typeof packet !== 'string' || packet.length > longestPacket) {
      return options.log.warn('a message that does not fit was dropped');
    }
    const message = fromPacket(packet);
    if (message !== null) connectionOf(id)?.receive(message);
  });
  page.on('close', () => current?.connection.close());
  page.on('crash', () => current?.connection.close());
  await page.addInitScript(pipeScript(options.origin));
  return { endDocument: () => current?.connection.close() };
}
