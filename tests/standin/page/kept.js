// What the page keeps in the browser's profile: the session, and own messages that have no ack yet.

const SESSION = 'session';

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns the profile's keeping place; where the profile is gone, one that keeps nothing */
export async function openKept() {
  try {
    const opening = indexedDB.open('standin', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('link');
      opening.result.createObjectStore('unsent');
    };
    return new Kept(await done(opening));
  } catch {
    return new Kept(undefined);
  }
}

class Kept {
  #database;

  constructor(database) {
    this.#database = database;
  }

  /** Resolves once it is on the disk, so that even a killed browser has it. */
  async #write(store, work) {
    if (!this.#database) return;
    const transaction = this.#database.transaction(store, 'readwrite', { durability: 'strict' });
    work(transaction.objectStore(store));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async session() {
    return this.#database && done(this.#database.transaction('link').objectStore('link').get(SESSION));
  }

  keepSession(session) {
    return this.#write('link', (store) => store.put(session, SESSION));
  }

  /** Forgets all: the phone has ended the link. */
  async forget() {
    await this.#write('link', (store) => store.clear());
    await this.#write('unsent', (store) => store.clear());
  }

  /** Own messages not yet acked, oldest first; those refused have ack -1. */
  async unsent() {
    if (!this.#database) return [];
    const all = await done(this.#database.transaction('unsent').objectStore('unsent').getAll());
    return all.sort((a, b) => a.order - b.order).map(({ message }) => message);
  }

  keepUnsent(key, message, order) {
    return this.#write('unsent', (store) => store.put({ message, order }, key));
  }

  dropUnsent(key) {
    return this.#write('unsent', (store) => store.delete(key));
  }
}
