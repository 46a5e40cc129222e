/** The element of the page that has an id, which must be there and of a type. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`There is no ${type.name} #${id}`);
  return found;
}
