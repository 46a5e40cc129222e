/** What is said of sources that a build cannot follow, or that fail when they run: one function for each kind of concern, sorted by name. */
import { isMet } from './concerns';
import type { Concern } from './facts';
import { ALONE, AS_IS, COPIED, WORKER } from './hints';
import { locateIn } from './located';
import { hintForMember } from './member-hints';
import type { Module } from './model';
import { shownFile } from './module-path';
import { covers } from './ranges';
import type { BuildWarning, ModuleWarning } from './warnings';

function at(module: Module, offset: number): Pick<BuildWarning, 'path' | 'lineNumber' | 'columnNumber'> {
  const { lineNumber, columnNumber } = locateIn(module, offset);
  return { path: shownFile(module.path), lineNumber, columnNumber };
}

/** All that there is to say of a module. */
export function concernWarnings(module: Module): ModuleWarning[] {
  const { facts, source } = module;
  const warnings = facts.concerns
    .filter((concern) => !isMet(module, concern))
    .map((concern) => concernWarning(module, concern));
  return [...warnings, ...calledNamespaces(module), ...lostImports(module)].map((warning) => ({
    warning,
    source,
  }));
}

/** How Babel, TypeScript, swc and others write `import()` in CommonJS, before the specifier. */
const LATE_REQUIRE =
  /\bPromise\.resolve\(\)\.then\(\s*(?:function\s*\(\)\s*\{\s*return\b|\(\)\s*=>)\s*(?:\/\*[^*]*\*\/\s*)?(?:[\w$.]+\(\s*)?require\(\s*$/;

/** Longer than any text of that. */
const LATE_LENGTH = 200;

/** Of `import()` that is `require()` now. What packages do is not for their users to change. */
function lostImports(module: Module): BuildWarning[] {
  const { facts, path, source } = module;
  if (!source.includes('Promise.resolve().then(') || /[\\/]node_modules[\\/]/.test(path)) return [];
  return facts.references.flatMap(({ kind, specifier, start }) => {
    const isLost =
      kind === 'require' && LATE_REQUIRE.test(source.slice(Math.max(0, start - LATE_LENGTH), start));
    return isLost ? [lostImport(module, start, specifier)] : [];
  });
}

/** Of imports of whole modules that are called, where nobody asks what they are. */
function calledNamespaces(module: Module): BuildWarning[] {
  const { facts, source } = module;
  const { imports = [], uses = [], parts } = facts.syntax ?? {};
  return uses.flatMap(({ entry, form, start }) => {
    const found = imports[entry];
    if (found === undefined || found.name !== undefined || !/^(?:call|statement)$/.test(form)) return [];
    if (covers(parts?.dead ?? [], start) || source.includes(`typeof ${found.local}`)) return [];
    return [calledNamespace(module, start, found.local)];
  });
}

/** What a build cannot follow in a source, or what fails when it runs. */
function concernWarning(module: Module, { kind, start, name = '' }: Concern): BuildWarning {
  switch (kind) {
    case 'assignment to an import':
      return assignedImport(module, start, name);
    case 'createRequire()':
      return createdRequire(module, start);
    case 'ensure() without label':
      return unlabelled(module, start, name);
    case 'import() of an expression':
      return unknownImport(module, start);
    case 'member of import.meta':
      return unsupportedMeta(module, start, name);
    case 'member of module':
      return unsupportedModule(module, start, name);
    case 'member of require':
      return unsupportedRequire(module, start, name);
    case 'name of another bundler':
      return foreignName(module, start, name);
    case 'name of CommonJS':
      return missingName(module, start, name);
    case 'import below rules':
      return lateImport(module, start);
    case 'new URL()':
      return unbundledAsset(module, start);
    case 'pattern without files':
      return noFiles(module, start, name);
    case 'require as a value':
      return indirectRequire(module, start);
    case 'require() of an expression':
      return unknownRequire(module, start);
    case 'text that is not UTF-8':
      return notUtf8(module, start);
    case 'worker of a module':
      return unbundledWorker(module, start);
  }
}

function assignedImport(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'ASSIGNED_IMPORT',
    message: `'${name}' is an import, which nothing but its own module can change: this throws a TypeError when it runs`,
    ...at(module, start),
    hint: 'Export a function of that module which changes it, and call that.',
  };
}

function calledNamespace(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'CALLED_NAMESPACE',
    message: `'${name}' is all that a module exports, and no function: this throws a TypeError when it runs`,
    ...at(module, start),
    hint: `Import what the module exports: import ${name} from '…'. TypeScript has the option esModuleInterop for that.`,
  };
}

function createdRequire(module: Module, start: number): BuildWarning {
  return {
    code: 'CREATED_REQUIRE',
    message: "createRequire() is Node's: a page does not have it, and this throws",
    ...at(module, start),
    hint: 'Import what is required, or use require() itself.',
  };
}

function foreignName(module: Module, start: number, name: string): BuildWarning {
  const isAmd = name === 'define';
  return {
    code: 'MISSING_NAME',
    message: isAmd
      ? "'define' of AMD is not defined: a module here is an ES module or CommonJS"
      : `'${name}' is webpack's: a page does not have it`,
    ...at(module, start),
    hint: isAmd
      ? 'Write import and export, or require() and exports. Packages may have another build, such as one of ES modules.'
      : (hintForMember(name) ?? askFirst(`typeof ${name} !== 'undefined'`)),
  };
}

function indirectRequire(module: Module, start: number): BuildWarning {
  return {
    code: 'INDIRECT_REQUIRE',
    message: 'require is handed on: what is required through it is not in the bundles, and throws',
    ...at(module, start),
    hint: "Call it by its name, with a string: require('./part'). Packages may have another build, such as one of ES modules.",
  };
}

function lateImport(module: Module, start: number): BuildWarning {
  return {
    code: 'LATE_IMPORT',
    message: 'an @import below rules: browsers ignore it, and so does the build',
    ...at(module, start),
    hint: 'Put it at the top of the style, where only @charset, @layer and other imports stand before it.',
  };
}

function lostImport(module: Module, start: number, specifier: string): BuildWarning {
  return {
    code: 'LOST_IMPORT',
    message: `import() has become require(): '${specifier}' is downloaded with this module, not when it is asked for`,
    ...at(module, start),
    hint: "Have transforms leave import and export as they are: modules: false of @babel/preset-env, module: 'esnext' of TypeScript, format: 'esm' of esbuild.",
  };
}

function missingName(module: Module, start: number, name: string): BuildWarning {
  const isPath = name.startsWith('__');
  return {
    code: 'MISSING_NAME',
    message: `'${name}' is not defined: by its name or its package.json this file is an ES module, and only CommonJS has it`,
    ...at(module, start),
    hint: isPath
      ? 'Use import.meta.url.'
      : 'Write import and export, or rename the file so that it ends with .cjs.',
  };
}

function noFiles(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'NO_FILES',
    message: `no file is meant by '${name}'`,
    ...at(module, start),
    hint: 'Patterns mean files on the disk, without those in node_modules and those whose names begin with a dot: * stands for one name, ** for directories.',
  };
}

function notUtf8(module: Module, start: number): BuildWarning {
  return {
    code: 'NOT_UTF8',
    message: 'this file is not text in UTF-8: what means nothing there has become the character U+FFFD',
    ...(start < 0 ? { path: shownFile(module.path) } : at(module, start)),
    hint: 'Save it as UTF-8. A file that is no text is imported with ?url.',
  };
}

function unbundledAsset(module: Module, start: number): BuildWarning {
  const [, url = '…'] = /['"`](.*?)['"`]/.exec(module.source.slice(start)) ?? [];
  return {
    code: 'UNBUNDLED_ASSET',
    message: `new URL('${url}', import.meta.url) names a file that is not part of the build`,
    ...at(module, start),
    hint: /\.[cm]?[jt]s(?:[?#].*)?$/.test(url) ? `${WORKER} ${AS_IS} ${ALONE}` : COPIED,
  };
}

function unbundledWorker(module: Module, start: number): BuildWarning {
  return {
    code: 'UNBUNDLED_WORKER',
    message: 'a worker is started from the URL of a module, where there is nothing: its code is in a bundle',
    ...at(module, start),
    hint: `${WORKER} ${ALONE}`,
  };
}

function unlabelled(module: Module, start: number, name: string): BuildWarning {
  if (name === 'require')
    return {
      code: 'UNLABELLED',
      message:
        "this is webpack's ensure(): here it loads nothing, and its callback gets an error or null, no require",
      ...at(module, start),
      hint: "Use import(): import('./part').then((part) => …).",
    };
  return {
    code: 'UNLABELLED',
    message:
      'ensure() is given a string that is no declared dynamic dependency: nothing will be loaded for it',
    ...at(module, start),
    hint: "Write the label behind the string, './part' /*js*/. Transforms may drop comments: in TypeScript, use import().",
  };
}

function unknownImport(module: Module, start: number): BuildWarning {
  const pattern = meantInVain(module, start);
  return {
    code: 'UNKNOWN_IMPORT',
    message:
      pattern === undefined
        ? 'import() of an expression is left to the browser: which module it means is not known before it runs'
        : `import() is left to the browser: no file is meant by '${pattern}'`,
    ...at(module, start),
    hint: 'Write the specifiers as strings, such as cond ? import("./a.js") : import("./b.js"), or begin with a directory that has such files: import("./pages/" + name + ".js").',
  };
}

function unknownRequire(module: Module, start: number): BuildWarning {
  const pattern = meantInVain(module, start);
  if (module.source[start] === '[')
    return {
      code: 'UNKNOWN_REQUIRE',
      message: 'require() of a list is that of AMD: it cannot be followed, and throws',
      ...at(module, start),
      hint: "Use import('./part').then((part) => …), or require() of a string for each module.",
    };
  return {
    code: 'UNKNOWN_REQUIRE',
    message:
      pattern === undefined
        ? 'require() of an expression cannot be followed: what it names is not in the bundles, and it throws'
        : `require() throws: no file is meant by '${pattern}'`,
    ...at(module, start),
    hint: "Write the specifiers as strings, such as cond ? require('./a') : require('./b'), or begin with a directory that has such files: require('./pages/' + name). What may fail belongs in a try block with a catch.",
  };
}

function unsupportedMeta(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'UNSUPPORTED_META',
    message: `import.meta.${name} is undefined in a page`,
    ...at(module, start),
    hint: hintForMember(name) ?? askFirst(`import.meta.${name}`),
  };
}

function unsupportedModule(module: Module, start: number, name: string): BuildWarning {
  const isList = name.startsWith('paths.');
  return {
    code: 'UNSUPPORTED_MODULE',
    message: isList
      ? `module.${name}() changes nothing: modules are found when the page is built, and nowhere else`
      : `module.${name} is undefined in a page`,
    ...at(module, start),
    hint: isList
      ? "Say where modules are by the option 'resolve', such as resolve: { alias: { name: '/a/directory' } }."
      : askFirst(`module.${name}`),
  };
}

function unsupportedRequire(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'UNSUPPORTED_REQUIRE',
    message: `require.${name} is undefined in a page`,
    ...at(module, start),
    hint: hintForMember(name) ?? askFirst(`require.${name}`),
  };
}

/** What no file is, of an expression that is known in part. */
const meantInVain = ({ facts }: Module, start: number): string | undefined =>
  facts.references.find(({ pattern, doubt }) => pattern !== undefined && doubt === start)?.specifier;

const askFirst = (member: string): string => `Where there may be none, ask before using it: if (${member}) …`;
