import { ipcRenderer } from 'electron';
import type { PortOffer } from '../../shared/window-pipe.ts';

const offer: PortOffer = { type: 'lapidary-port' };

// The page gets one message port and nothing else: no channel, no event object, no function of Electron's.
ipcRenderer.on('lapidary:port', (event) => {
  window.postMessage(offer, window.location.origin, [...event.ports]);
});

// Deferred scripts have run by then, so the page already listens.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('lapidary:connect'), { once: true });

ipcRenderer.on('lapidary:command', (_event, id: string) => {
  window.postMessage({ type: 'lapidary-command', id }, window.location.origin);
});
