const parts = await Promise.all([import('./a.mjs'), import('./b.mjs'), import('./a.mjs')]);
result(parts.map((part) => part.default));
result(globalThis.sharedRuns);
