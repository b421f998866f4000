// Models and collections that tell of their changes, as the real page's do: on, off, once, and names separated by blanks.

/** Tells the server what went wrong on the page; nothing here fails in silence. */
export function complain(text) {
  fetch('/complain', { method: 'POST', body: text, keepalive: true }).catch(() => {});
}

export class Events {
  #handlers = new Map();

  on(names, handler) {
    for (const name of names.split(' ')) this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]);
    return this;
  }

  off(names, handler) {
    for (const name of names.split(' ')) {
      const kept = (this.#handlers.get(name) ?? []).filter((one) => one !== handler && one.handler !== handler);
      this.#handlers.set(name, handler ? kept : []);
    }
    return this;
  }

  once(names, handler) {
    const once = (...args) => {
      this.off(names, once);
      handler(...args);
    };
    once.handler = handler;
    return this.on(names, once);
  }

  trigger(name, ...args) {
    for (const handler of this.#handlers.get(name) ?? []) {
      try {
        handler(...args);
      } catch (error) {
        complain(`${name}: ${error}`);
      }
    }
  }
}

export class Model extends Events {
  /** The collection that hears of this model's changes. */
  #home;

  constructor(attributes = {}) {
    super();
    Object.assign(this, attributes);
  }

  live(home) {
    this.#home = home;
  }

  trigger(name, ...args) {
    super.trigger(name, ...args);
    this.#home?.trigger(name, ...args);
  }

  /** @param silent names of attributes whose change is not told, or true for all */
  set(attributes, silent = []) {
    const changed = Object.keys(attributes).filter((name) => this[name] !== attributes[name]);
    const before = changed.map((name) => this[name]);
    Object.assign(this, attributes);
    if (silent === true) return this;
    for (const [i, name] of changed.entries()) {
      if (!silent.includes(name)) this.trigger(`change:${name}`, this, this[name], before[i]);
    }
    if (changed.length > 0) this.trigger('change', this);
    return this;
  }

  serialize() {
    return { ...this };
  }

  toJSON() {
    return this.serialize();
  }
}

export class Collection extends Events {
  #models = new Map();

  get length() {
    return this.#models.size;
  }

  get(id) {
    return id === undefined || id === null ? undefined : this.#models.get(String(id));
  }

  getModelsArray() {
    return [...this.#models.values()];
  }

  forEach(work) {
    this.getModelsArray().forEach(work);
  }

  map(work) {
    return this.getModelsArray().map(work);
  }

  find(id) {
    return Promise.resolve(this.get(id));
  }

  /** @param silent for what was there before the page was: nobody is told */
  add(model, { silent = false, first = false } = {}) {
    const id = String(model.id);
    this.#models = first ? new Map([[id, model], ...this.#models]) : this.#models.set(id, model);
    if (!silent) this.trigger('add', model);
    return model;
  }

  remove(model) {
    if (this.#models.delete(String(model.id))) this.trigger('remove', model);
  }

  reset(models) {
    this.#models = new Map(models.map((model) => [String(model.id), model]));
  }

  serialize() {
    return this.getModelsArray().map((model) => model.serialize());
  }

  toJSON() {
    return this.serialize();
  }
}
