/** URL of the script that stands alone, which it has found when it began to run. */
declare const address: string;

/** What is run is one script, whichever of its modules asks. */
exports.meta = () => ({ __proto__: null, url: address });
