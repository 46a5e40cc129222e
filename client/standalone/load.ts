/** Everything is here. For an id that no module has, `require` knows what to say. */
function load(ids: string | string[]): Promise<unknown> {
  return Promise.all(
    ([] as string[]).concat(ids).map(function (id): unknown {
      return modules[id] ? 0 : Promise.resolve(id).then(createRequire());
    }),
  );
}
