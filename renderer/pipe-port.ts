import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { PortOffer, WindowPipe } from '../shared/window-pipe.ts';

declare global {
  // The app window's pipe, set before the page's own code runs; absent under Electron.
  var lapidaryPipe: WindowPipe | undefined;
}

type Listener = (event: MessageEvent) => void;

/** The two ends of {@link createPipePort}: the port for oRPC, and when it is gone. */
export type PipePort = { port: SupportedMessagePort; gone: Promise<void> };

/** A port whose messages wait until there is something to carry them. */
function createWaitingPort() {
  const listeners = new Map<string, Set<Listener>>();
  const waiting: unknown[] = [];
  let send: ((data: unknown) => void) | null = null;
  const port = {
    addEventListener(type: string, listener: Listener) {
      const known = listeners.get(type) ?? new Set<Listener>();
      listeners.set(type, known.add(listener));
    },
    postMessage(data: unknown) {
      if (send) send(data);
      else waiting.push(data);
    },
  };
  return {
    port: port as Pick<MessagePort, 'addEventListener' | 'postMessage'>,
    emit: (type: 'message' | 'close', data: unknown): void => {
      for (const listener of listeners.get(type) ?? []) listener(new MessageEvent(type, { data }));
    },
    carryWith: (next: (data: unknown) => void): void => {
      send = next;
      for (const data of waiting.splice(0)) next(data);
    },
  };
}

/** Connects to the core over whichever way the window has: the app window's pipe, or the port Electron's preload posts. */
export function createPipePort(): PipePort {
  const { port, emit, carryWith } = createWaitingPort();
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const close = (): void => {
    emit('close', null);
    resolve();
  };
  const pipe = globalThis.lapidaryPipe;
  if (pipe) {
    pipe.onMessage((message) => emit('message', message));
    carryWith((data) => pipe.send(data as string | Uint8Array<ArrayBuffer>));
    return { port, gone };
  }
  window.addEventListener('message', (event: MessageEvent<PortOffer | null>) => {
    const carrier = event.ports[0];
    if (event.source !== window || event.data?.type !== 'lapidary-port' || !carrier) return;
    carrier.addEventListener('message', (message: MessageEvent) => emit('message', message.data));
    carrier.addEventListener('close', close);
    carrier.start();
    carryWith((data) => carrier.postMessage(data));
  });
  return { port, gone };
}
