/** What the sources declare, for the reference: members of interfaces and classes with their types and doc comments. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { ROOT } from './documents';

/** A member of an interface, or a method of a class. */
export interface Member {
  name: string;
  isOptional: boolean;
  /** Of a property, its type; of a method, its parameters and its result. */
  type: string;
  /** Whether it is called. */
  isMethod: boolean;
  /** Its doc comment, as one line. */
  text: string;
  /** What the comment says behind `@throws`. */
  throws: string;
  /** Of an overload of an event's listener, the event. */
  event?: string | undefined;
}

/** The fields of syntax trees that are read here. */
interface Node {
  type: string;
  start: number;
  end: number;
  id?: { name: string } | null;
  key?: { name?: string; value?: string };
  optional?: boolean;
  accessibility?: string;
  kind?: string;
  declaration?: Node | null;
  body?: Node | Node[];
  typeAnnotation?: Node;
  returnType?: Node;
  params?: Node[];
  value?: Node | null;
  literal?: { value?: unknown };
  extends?: { expression?: { name: string } }[];
}

interface Comment {
  value: string;
  start: number;
  end: number;
}

/** A comment without its stars, as one line. */
const plain = (comment: string): string =>
  comment
    .replace(/^\*|\n\s*\*/g, ' ')
    .replaceAll('*\\/', '*/')
    .replace(/\s+/g, ' ')
    .trim();

function readDoc(
  comments: readonly Comment[],
  source: string,
  start: number,
): Pick<Member, 'text' | 'throws'> {
  const found = comments.findLast(
    ({ value, end }) => end <= start && value.startsWith('*') && source.slice(end, start).trim() === '',
  );
  const [text = '', ...tags] = plain(found?.value ?? '').split(/ ?@(?=throws|param|returns)/);
  const thrown = tags.find((tag) => tag.startsWith('throws'));
  const errors = (thrown ?? '').replace(/^throws ?(?:\(.*?\) )?(?:DynapackError )?|, naming .*$/g, '');
  return { text, throws: errors.replace(/[A-Z]+_[A-Z_]+/g, '`$&`') };
}

/** A type as users read it. */
const shownType = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^:\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/\breadonly /g, '')
    .replace(/\bReadonly<(Record<.*>)>/, '$1')
    .replace(/ \| undefined\b/g, '')
    .trim();

/** A named type, as it is declared. */
export function aliasOf(path: string, name: string): { type: string; text: string } {
  const { source, comments, body } = parsed(path);
  const found = body.find(
    ({ declaration }) => declaration?.id?.name === name && declaration.type === 'TSTypeAliasDeclaration',
  );
  if (!found) throw new Error(`${path} declares no type ${name}`);
  const { typeAnnotation } = found.declaration as Node & { typeAnnotation: Node };
  const type = shownType(source.slice(typeAnnotation.start, typeAnnotation.end));
  return { type, text: readDoc(comments, source, found.start).text };
}

function parsed(path: string): { source: string; comments: Comment[]; body: Node[] } {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const { program, comments } = parseSync(path, source) as unknown as {
    program: { body: Node[] };
    comments: Comment[];
  };
  return { source, comments, body: program.body };
}

/** The members that users see of an interface or a class. */
export function membersOf(path: string, name: string): Member[] {
  const { source, comments, body: statements } = parsed(path);
  const declared = statements
    .map((statement) => statement.declaration ?? statement)
    .find(({ type, id }) => /Interface|Class/.test(type) && id?.name === name);
  if (!declared) throw new Error(`${path} declares no ${name}`);
  const { body } = declared.body as { body: Node[] };
  const textOf = (node: Node | undefined): string => (node ? source.slice(node.start, node.end) : '');
  return body
    .filter((member) => member.key !== undefined && member.accessibility !== 'private')
    .filter(({ kind }) => kind !== 'constructor')
    .map((member) => {
      const signature = member.value?.params ? member.value : member;
      const isMethod = signature.params !== undefined;
      const [first] = signature.params ?? [];
      const literal = first?.typeAnnotation && /^:\s*'(\w+)'$/.exec(textOf(first.typeAnnotation));
      const parameters = (signature.params ?? []).map((node) =>
        shownType(textOf(node)).replace(/ = [^,]*$/, ''),
      );
      const type = isMethod
        ? `(${parameters.join(', ')})`
        : shownType(textOf(member.typeAnnotation ?? member.value ?? undefined));
      return {
        name: member.key?.name ?? member.key?.value ?? '',
        isOptional: member.optional === true,
        type,
        isMethod,
        event: literal?.[1],
        ...readDoc(comments, source, member.start),
      };
    });
}
