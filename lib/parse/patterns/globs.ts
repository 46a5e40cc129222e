/** What `import.meta.glob(…)` asks for, by its arguments: those of Vite (Guide, "Glob Import"). */
import type { CallExpression, Node } from 'estree';
import type { Globs } from '../../facts';
import { stringValue } from '../tree/nodes';
import { booleanValue, propertiesOf, refuse, scalarText } from './literals';

const LITERALS =
  'The files are found when the page is built: write patterns and options out, as in import.meta.glob("./pages/*.js", { eager: true }).';

const OPTIONS = 'Its options are eager, import, query, exhaustive and base.';

/** @throws NoPattern */
export function globsOf(call: CallExpression): Globs {
  const [patterns, options, more] = call.arguments;
  if (patterns === undefined || more !== undefined)
    refuse(more ?? call, 'import.meta.glob() takes a pattern, or a list of them, and options', LITERALS);
  return { by: 'glob', globs: listOf(patterns), ...(options && optionsIn(options)) };
}

function listOf(node: Node): string[] {
  const nodes = node.type === 'ArrayExpression' ? node.elements : [node];
  return nodes.map((each) => {
    const glob = each === null ? undefined : stringValue(each);
    return glob ?? refuse(each ?? node, 'a pattern of import.meta.glob() is no literal string', LITERALS);
  });
}

type Given = Omit<Globs, 'by' | 'globs'>;

function optionsIn(node: Node): Given {
  const properties = propertiesOf(node);
  if (properties === undefined)
    refuse(node, 'the options of import.meta.glob() are no literal object', LITERALS);
  const given: Given = {};
  for (const [name, property] of properties) Object.assign(given, optionIn(name, property.value));
  const old = properties.get('as');
  if (old && properties.has('query'))
    refuse(old, "'as' and 'query' of import.meta.glob() are one option", OPTIONS);
  // What they give is their default export.
  return old && !properties.has('import') && /^\?(?:raw|url)$/.test(given.query ?? '')
    ? { ...given, import: 'default' }
    : given;
}

function optionIn(name: string, value: Node): Given {
  switch (name) {
    case 'eager':
    case 'exhaustive':
      return flagIn(name, value);
    case 'import': {
      const text = textIn(name, value);
      return text === '*' ? {} : { import: text };
    }
    case 'query':
      return queryIn(value);
    case 'as':
      return { query: `?${textIn(name, value)}` };
    case 'base':
      return baseIn(value);
    default:
      return refuse(value, `import.meta.glob() has no option '${name}'`, OPTIONS);
  }
}

function flagIn(name: 'eager' | 'exhaustive', value: Node): Given {
  const flag = booleanValue(value);
  if (flag === undefined)
    refuse(value, `'${name}' of import.meta.glob() is neither true nor false`, LITERALS);
  return flag ? { [name]: true } : {};
}

const textIn = (name: string, value: Node): string =>
  stringValue(value) ?? refuse(value, `'${name}' of import.meta.glob() is no literal string`, LITERALS);

/** A text with or without `?`, or an object of its parameters. */
function queryIn(value: Node): Given {
  const properties = propertiesOf(value);
  const query = properties
    ? [...properties].map(([name, property]) => {
        const text =
          scalarText(property.value) ?? refuse(property, `'${name}' in 'query' is no literal`, LITERALS);
        return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
      })
    : [textIn('query', value).replace(/^\?/, '')];
  const text = query.join('&');
  return text === '' ? {} : { query: `?${text}` };
}

function baseIn(value: Node): Given {
  const base = textIn('base', value);
  if (!/^(?:\/|\.\.?(?:\/|$))/.test(base))
    refuse(value, `'base' of import.meta.glob() begins with ./, ../ or /`, "As in base: './pages'.");
  return { base };
}
