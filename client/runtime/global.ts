/** Pages and workers have a `self`; Node, which runs libraries as well, has none. */
exports.global = typeof self === 'undefined' ? globalThis : self;
