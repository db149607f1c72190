/** What the core and the page exchange: text as it is, bytes as base64, each marked by its first letter. */
export type Packet = `t${string}` | `b${string}`;

/** Turns a message of the core into a packet. */
export function toPacket(message: string | Uint8Array): Packet {
  return typeof message === 'string' ? `t${message}` : `b${Buffer.from(message).toString('base64')}`;
}

/** Turns a packet of the page back into a message; null when it is none. */
export function fromPacket(packet: string): string | Uint8Array | null {
  if (packet.startsWith('t')) return packet.slice(1);
  return packet.startsWith('b') ? new Uint8Array(Buffer.from(packet.slice(1), 'base64')) : null;
}

/**
 * The script that runs in the page before the app's own code and sets `globalThis.lapidaryPipe` (see
 * shared/window-pipe.ts). Each document gets an id of its own, so that after a reload nothing of the old one arrives.
 */
export function pipeScript(origin: string): string {
  return `(() => {
  if (location.origin !== ${JSON.stringify(origin)} || window.top !== window) return;
  const call = globalThis.lapidarySend;
  const id = crypto.randomUUID();
  const waiting = [];
  let listener = null;
  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return 'b' + btoa(text);
  };
  const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const hand = (packet) => listener(packet[0] === 't' ? packet.slice(1) : toBytes(packet.slice(1)));
  const pipe = {
    send: (message) => void call(id, typeof message === 'string' ? 't' + message : toBase64(message)).catch(() => {}),
    onMessage: (next) => {
      listener = next;
      for (const packet of waiting.splice(0)) hand(packet);
    },
  };
  Object.defineProperty(globalThis, 'lapidaryPipe', { value: Object.freeze(pipe) });
  Object.defineProperty(globalThis, 'lapidaryDeliver', {
    value: (to, packets) => {
      if (to !== id) return;
      for (const packet of packets) listener ? hand(packet) : waiting.push(packet);
    },
  });
})();`;
}
