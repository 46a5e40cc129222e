/** What a source asks of `module`, the one of CommonJS, that a page's has for those only that ask. */
import type { ModuleMember } from '../../facts';

const MEMBERS: readonly string[] = ['children', 'parent', 'paths'] satisfies ModuleMember[];

export const isModuleMember = (name: string | undefined): name is ModuleMember =>
  name !== undefined && MEMBERS.includes(name);
