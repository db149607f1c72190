/** What a window finds as `globalThis.lapidaryPipe` when it runs in the app window: one message pipe to the core. */
export type WindowPipe = {
  /** Sends one message to the core; messages arrive in the order they were sent. */
  send(message: string | Uint8Array<ArrayBuffer>): void;
  /** Hands every message of the core to `listener`, also those that came before it was set. */
  onMessage(listener: (message: string | Uint8Array<ArrayBuffer>) => void): void;
};

/** What the Electron preload posts to the window, with one MessagePort to the core. */
export type PortOffer = { readonly type: 'lapidary-port' };
