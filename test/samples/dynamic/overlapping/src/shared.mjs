globalThis.sharedRuns = (globalThis.sharedRuns || 0) + 1;
export default 'shared';
