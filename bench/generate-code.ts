/** Code as programs contain it, of no use to anybody. */

/** What a piece of code may vary. */
interface Variation {
  /** Unlike that of any other piece of the module. */
  name: string;
  number: number;
  word: string;
}

const WORDS =
  'order customer total line price item index field cache queue layer point style theme event'.split(' ');

/** What a parser finds easy and what it finds hard: closures, classes, strings, templates, regular expressions, comments. */
const PIECES: readonly ((variation: Variation) => string)[] = [
  ({ name, number, word }) => `
/**
 * Gives the ${word} of a list, or what stands for it when the list does not import any.
 * @param {object[]} list where to look
 */
function ${name}(list, options = {}) {
  const limit = options.limit || ${number};
  let best = null;
  for (let index = 0; index < list.length && index < limit; index++) {
    const candidate = list[index];
    if (candidate == null || candidate.${word} === undefined) continue;
    if (best === null || candidate.${word} > best.${word}) best = candidate;
  }
  return best ? best.${word} : options.fallback;
}
`,
  ({ name, number, word }) => `
class ${name} {
  constructor(${word}) {
    this.${word} = ${word};
    this.size = ${number};
    this.listeners = new Map();
  }
  on(type, listener) {
    // Most have one listener, so this is no list until it must be.
    if (!this.listeners.has(type)) this.listeners.set(type, []);
    this.listeners.get(type).push(listener);
    return () => this.listeners.get(type).splice(this.listeners.get(type).indexOf(listener), 1);
  }
  get isLarge() {
    return this.size > ${number * 2} && this.${word}.length / this.size > 0.5;
  }
}
`,
  ({ name, number, word }) => `
const ${name}Pattern = /^(?:${word}|[a-z]+-${number})(?=\\s|[/"'\`]|$)/gi;
var ${name} = function (text) {
  return String(text).replace(${name}Pattern, function (match, offset) {
    return offset % 2 ? '<b class="${word}">' + match + '</b>' : \`\${match.toUpperCase()} of \${offset + ${number}}\`;
  });
};
`,
  ({ name, number, word }) => `
const ${name} = {
  ${word}: ['require', "import('x')", 'export', 'it\\'s ${word}'],
  sizes: { small: ${number}, medium: ${number * 2}, large: ${number * 4} },
  async load({ url, retries = 3, ...rest }) {
    try {
      const response = await fetch(url, { ...rest, headers: { accept: 'application/json' } });
      return response.ok ? await response.json() : null;
    } catch (error) {
      if (retries > 0) return this.load({ url, retries: retries - 1, ...rest });
      throw error;
    }
  },
};
`,
  ({ name, number, word }) => `
function ${name}(state, action) {
  switch (action.type) {
    case '${word}/added':
      return { ...state, ${word}s: [...(state.${word}s ?? []), action.payload] };
    case '${word}/removed':
      return { ...state, ${word}s: state.${word}s.filter(({ id }) => id !== action.payload.id) };
    case '${word}/moved': {
      const [first, ...others] = state.${word}s;
      return action.payload > ${number} ? { ...state, ${word}s: [...others, first] } : state;
    }
    default:
      return state;
  }
}
`,
];

/** Mean length of a module's code, in characters: about that of the modules of `bench/app`. */
const MEAN_LENGTH = 2_400;

/**
 * Declarations without side effects. Every other one is used; a bundler may leave out the rest. Most modules are short
 * and a few are very long, as in real programs.
 */
export function generateCode(random: () => number): string {
  const length = -Math.log(1 - random()) * MEAN_LENGTH;
  const used: string[] = [];
  let code = '';
  for (let count = 0; code.length < length; count++) {
    const piece = PIECES[Math.floor(random() * PIECES.length)] as (typeof PIECES)[number];
    const word = WORDS[Math.floor(random() * WORDS.length)] as string;
    const name = `helper${count}`;
    code += piece({ name, number: 1 + Math.floor(random() * 99), word });
    if (count % 2 === 0) used.push(name);
  }
  return `${code}\nself.used = [${used.join(', ')}];\n`;
}
