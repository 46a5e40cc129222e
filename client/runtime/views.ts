/** What `require` gives of ES modules. */

/**
 * The exports of an ES module as `require` gives them: with the mark by which compiled modules know an ES module.
 * @param asNode the mark is there beside a default export only, and is listed
 */
function viewOf(source: EsSource, asNode: 0 | 1): unknown {
  const { getters } = source;
  const whole = getters.get('module.exports');
  if (whole) return whole();
  if (getters.get(MARK) || (asNode && !getters.get('default'))) return namespaceOf(source);
  const views = (source.views = source.views || []);
  if (!views[asNode] || source.awaited.size) {
    const view: object = Object.create(null);
    for (const name of [...getters.keys(), MARK].sort()) {
      const getter = name === MARK ? isMarkedItself : getters.get(name);
      if (getter) define(view, name, getter, getter === isMarkedItself ? !!asNode : isListed(getter));
    }
    views[asNode] = view;
  }
  return views[asNode];
}

const MARK = '__esModule';

const isMarkedItself: Getter = () => true;
