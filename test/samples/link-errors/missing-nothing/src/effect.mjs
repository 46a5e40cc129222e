globalThis.effect = import.meta.url;
