/** The comparison notices when bundles are not right. */
import { expect } from 'chai';
import type { Mutation } from './bundled';
import { compare } from './compare';
import { randomGraph } from './random-graphs';

const graphs = Array.from({ length: 80 }, (_, index) => randomGraph(20_001 + index));

/** What is done to the text of bundles, and to how many of the graphs it must make a difference. */
const mutations: Record<string, [least: number, mutation: Mutation]> = {
  'exports that do not follow their variables': [
    6,
    (text) =>
      text.replace(
        /,\(\)=>([\p{ID_Start}$_][\p{ID_Continue}$]*)(?=[,\]])/gu,
        ',(kept=>()=>(kept=kept||[$1])[0])()',
      ),
  ],
  'exports that are there too early': [
    8,
    (text) =>
      text.replace(/,\(\)=>([\p{ID_Start}$_][\p{ID_Continue}$]*)(?=[,\]])/gu, ',()=>{try{return $1}catch{}}'),
  ],
  'calls that pass on where the function was found': [
    10,
    (text) => text.replace(/\(0,(_\$\d+\.[\p{ID_Continue}$]+)\)(?=\()/gu, '$1'),
  ],
  'modules that are not strict': [5, (text) => text.replaceAll('{"use strict";', '{')],
};

describe('ES modules: mutants', () => {
  it('are made of graphs that are right', async () => {
    expect((await compare(graphs)).mismatches).to.deep.equal([]);
  });

  for (const [name, [least, mutation]] of Object.entries(mutations)) {
    it(`are noticed: ${name}`, async () => {
      const { mismatches } = await compare(graphs, { mutate: mutation });
      expect(mismatches).to.have.lengthOf.at.least(least);
    });
  }
});
