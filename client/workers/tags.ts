/** A worker is written with no tags for its bundles. */
var completeTag = fetchBundle;

/** So there is nothing to wait for. */
var parsed = Promise.resolve();
