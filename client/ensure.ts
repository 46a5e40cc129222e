/** Loads, then calls back from a timer: an exception of the callback is then uncaught, as it should be. */
function ensure(ids: string | string[], callback?: EnsureCallback): void {
  load(ids).then(
    function () {
      // Not by its name: a timer would evaluate a string.
      if (callback)
        setTimeout(function () {
          callback();
        });
    },
    function (error) {
      if (callback)
        setTimeout(function () {
          callback(error);
        });
    },
  );
}
