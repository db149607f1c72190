import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/** What the shell did to Electron, in the order it did it, for the tests to read. */
export const record = {
  windows: [] as Electron.BrowserWindowConstructorOptions[],
  loaded: [] as string[],
  switches: [] as string[],
  schemes: [] as Electron.CustomScheme[],
  menu: [] as Electron.MenuItemConstructorOptions[],
  posted: [] as { channel: string; ports: number }[],
  isSandboxEnabled: false,
  isSandboxEnabledBeforeReady: false,
  userData: '',
  quits: 0,
  shown: 0,
  focused: 0,
};

/** The handlers the shell gave to Electron, for the tests to call as Electron would. */
export const given = {
  protocol: new Map<string, (request: Request) => Response | Promise<Response>>(),
  permissionRequest: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  device: null as Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  displayMedia: null as Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0],
  beforeRequest: null as
    | null
    | ((details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void),
};

class Contents extends EventEmitter {
  readonly mainFrame = { url: 'app://bundle/', parent: null, detached: false };
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return false;
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[] = []): void {
    record.posted.push({ channel, ports: ports.length });
  }
  send(channel: string): void {
    record.posted.push({ channel, ports: 0 });
  }
}

const windows: StandInWindow[] = [];

class StandInWindow extends EventEmitter {
  readonly webContents = new Contents();
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    record.windows.push(options);
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows(): StandInWindow[] {
    return windows;
  }
  static getFocusedWindow(): StandInWindow | null {
    return null;
  }
  static fromWebContents(contents: Contents): StandInWindow | null {
    return windows.find((window) => window.webContents === contents) ?? null;
  }
  loadURL(url: string): Promise<void> {
    record.loaded.push(url);
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  show(): void {
    record.shown += 1;
  }
  focus(): void {
    record.focused += 1;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
}

let isReady = false;
const ready = Promise.withResolvers<void>();

/** Becomes ready, as Electron does once. */
export function becomeReady(): void {
  isReady = true;
  ready.resolve();
}

const appUse = {
  isPackaged: true,
  enableSandbox() {
    record.isSandboxEnabled = true;
    record.isSandboxEnabledBeforeReady = !isReady;
  },
  setName() {},
  setPath(_name: string, path: string) {
    record.userData = path;
  },
  whenReady: () => ready.promise,
  quit() {
    record.quits += 1;
  },
  requestSingleInstanceLock: () => process.env.STAND_IN_LOCK !== 'taken',
} satisfies Pick<
  Electron.App,
  'isPackaged' | 'enableSandbox' | 'setName' | 'setPath' | 'whenReady' | 'quit' | 'requestSingleInstanceLock'
>;

const commandLine = {
  appendSwitch: (name: string, value?: string) => void record.switches.push(`${name}=${value ?? ''}`),
} satisfies Pick<Electron.CommandLine, 'appendSwitch'>;

/** Electron's `app`. */
export const app = Object.assign(new EventEmitter(), appUse, { commandLine });

/** Electron's `BrowserWindow`, as far as the shell uses it. */
export const BrowserWindow = StandInWindow;

/** Electron's `protocol`. */
export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void record.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: never) => Response | Promise<Response>) =>
    void given.protocol.set(scheme, handler as (request: Request) => Response | Promise<Response>),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

const sessionUse = {
  setPermissionRequestHandler: (handler: typeof given.permissionRequest) => {
    given.permissionRequest = handler;
  },
  setPermissionCheckHandler: (handler: typeof given.permissionCheck) => {
    given.permissionCheck = handler;
  },
  setDevicePermissionHandler: (handler: typeof given.device) => {
    given.device = handler;
  },
  setDisplayMediaRequestHandler: (handler: typeof given.displayMedia) => {
    given.displayMedia = handler;
  },
} satisfies Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

const webRequest = {
  onBeforeRequest: (handler: typeof given.beforeRequest) => {
    given.beforeRequest = handler;
  },
};

/** Electron's `session`. */
export const session = { defaultSession: Object.assign(new EventEmitter(), sessionUse, { webRequest }) };

/** Electron's `ipcMain`. */
export const ipcMain = new EventEmitter();

/** Electron's `nativeTheme`. */
export const nativeTheme = { shouldUseDarkColors: false } satisfies Pick<
  Electron.NativeTheme,
  'shouldUseDarkColors'
>;

/** Electron's `Menu`. */
export const Menu = {
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]) {
    record.menu.push(...template);
    return {};
  },
  setApplicationMenu() {},
};

const createPort = () =>
  Object.assign(new EventEmitter(), { postMessage() {}, start() {}, close() {} }) satisfies Pick<
    Electron.MessagePortMain,
    'postMessage' | 'start' | 'close'
  >;

/** Electron's `MessageChannelMain`. */
export class MessageChannelMain {
  readonly port1 = createPort();
  readonly port2 = createPort();
}

const refuse = () => Promise.reject(new Error('the stand-in has no such thing'));

/** Electron's `dialog`. */
export const dialog = { showOpenDialog: refuse, showSaveDialog: refuse } satisfies Pick<
  Electron.Dialog,
  'showOpenDialog' | 'showSaveDialog'
>;

/** Electron's `safeStorage`, with a backend that must be refused. */
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: refuse,
  decryptStringAsync: refuse,
  getSelectedStorageBackend: () => 'basic_text' as const,
} satisfies Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;
