/** What the page keeps between two openings, by name. `isLasting` is false where the browser keeps nothing for it. */
export type Keeper = {
  readonly isLasting: boolean;
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
};

const storeName = 'kept';

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')));
  });
}

async function openStore(): Promise<Keeper> {
  const opening = indexedDB.open('lapidary-review', 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName));
  const db = await answerOf(opening);
  const keeper: Keeper = {
    isLasting: true,
    get: (name) => answerOf<unknown>(db.transaction(storeName).objectStore(storeName).get(name)),
    put(name, value) {
      const change = db.transaction(storeName, 'readwrite', { durability: 'strict' });
      change.objectStore(storeName).put(value, name);
      return new Promise((resolve, reject) => {
        change.addEventListener('complete', () => resolve());
        change.addEventListener('abort', () => reject(change.error ?? new Error('nothing was kept')));
      });
    },
  };
  await keeper.put('probe', 1);
  return keeper;
}

/** Memory of this browser where it grants one to a page from disk; else of this tab only. */
export async function openKeeper(): Promise<Keeper> {
  try {
    return await openStore();
  } catch {
    const kept = new Map<string, unknown>();
    return {
      isLasting: false,
      get: async (name) => kept.get(name),
      put: async (name, value) => void kept.set(name, value),
    };
  }
}
