import { type Use, use } from '../use';

/** Clients of servers, and databases of browsers, as far as they work without either. */
export const network: Use[] = [
  use('axios', 'import')`
    import axios, { AxiosError, AxiosHeaders } from 'axios';
    const client = axios.create({
      baseURL: 'http://example.org/api',
      adapter: async (config) => ({ data: '{"url":"' + axios.getUri(config) + '"}', status: 200, statusText: '', headers: {}, config }),
    });
    client.interceptors.request.use((config) => ({ ...config, params: { page: 2, tags: ['a'] } }));
    export default client.get('/items').then(({ data }) => [data, new AxiosHeaders({ 'x-a': 1 }).get('X-A'), new AxiosError('m', 'C').code]);
  `,
  use('axios', 'require')`
    const axios = require('axios');
    module.exports = [axios.getUri({ url: '/a', params: { b: [1, 2], c: 'd e' } }), axios.isCancel(new axios.CanceledError()), typeof axios.default.post];
  `,
  use('ky', 'import')`
    import ky, { HTTPError } from 'ky';
    const fetch = async (request) => new Response(JSON.stringify([request.method, request.url]), { status: request.url.endsWith('no') ? 404 : 200 });
    const api = ky.create({ prefixUrl: 'http://example.org', fetch, retry: 0 });
    export default Promise.all([api.post('yes').json(), api('no').catch((error) => error instanceof HTTPError)]);
  `,
  use('superagent', 'require')`
    const superagent = require('superagent');
    const request = superagent.get('http://example.org/a').set('Accept', 'text/plain').query({ q: 1 });
    module.exports = [request.method, request.url, typeof request.then, Object.keys(superagent.serialize)];
  `,
  use('graphql-request', 'import')`
    import { gql, GraphQLClient } from 'graphql-request';
    const fetch = async (url, { body }) => new Response(JSON.stringify({ data: JSON.parse(body).variables }), { headers: { 'content-type': 'application/json' } });
    export default new GraphQLClient('http://example.org/graphql', { fetch }).request(gql\`query Q($id: Int) { item(id: $id) }\`, { id: 5 });
  `,
  use('@apollo/client', 'import')`
    import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client/core';
    const link = new ApolloLink(() => new Observable((observer) => {
      observer.next({ data: { book: { __typename: 'Book', id: '1', title: 'Dune' } } });
      observer.complete();
    }));
    const cache = new InMemoryCache();
    const client = new ApolloClient({ cache, link });
    export default client.query({ query: gql\`{ book { id title } }\` }).then(({ data }) => [data, cache.extract()]);
  `,
  use('@apollo/client', 'require')`
    const { gql, InMemoryCache } = require('@apollo/client/core');
    const cache = new InMemoryCache({ typePolicies: { Query: { fields: { twice: (_, { args }) => args.n * 2 } } } });
    module.exports = cache.readQuery({ query: gql\`{ twice(n: 4) @client }\` });
  `,
  use('socket.io-client', 'import')`
    import { io, Manager, protocol } from 'socket.io-client';
    const socket = io('http://example.org/chat?a=b', { autoConnect: false });
    export default [protocol, socket.nsp, socket.connected, socket.io instanceof Manager, socket.io.engine ?? null];
  `,
  use('socket.io-client', 'require')`
    const { Manager } = require('socket.io-client');
    const manager = new Manager('http://example.org', { autoConnect: false, reconnectionDelay: 70 });
    module.exports = [manager.reconnectionDelay(), manager.socket('/news').nsp];
  `,
  use('idb', 'import')`
    import 'fake-indexeddb/auto';
    import { openDB } from 'idb';
    const upgrade = (database) => database.createObjectStore('books', { keyPath: 'id', autoIncrement: true });
    const opened = openDB('shop', 1, { upgrade });
    export default opened.then(async (database) => [await database.add('books', { title: 'Dune' }), await database.getAll('books')]);
  `,
  use('dexie', 'import')`
    import Dexie from 'dexie';
    import { IDBKeyRange, indexedDB } from 'fake-indexeddb';
    const database = new Dexie('friends', { indexedDB, IDBKeyRange });
    database.version(2).stores({ friends: '++id, name, age' });
    const added = database.friends.bulkAdd([{ name: 'Ada', age: 36 }, { name: 'Grace', age: 85 }]);
    export default added.then(() => database.friends.where('age').above(40).toArray());
  `,
  use('fake-indexeddb', 'require')`
    const { indexedDB } = require('fake-indexeddb');
    const request = indexedDB.open('one', 3);
    module.exports = new Promise((resolve) => { request.onsuccess = () => resolve([request.result.name, request.result.version]); });
  `,
  use('dexie', 'require')`
    const { Dexie } = require('dexie');
    module.exports = [Dexie.semVer, Dexie.getByKeyPath({ a: { b: 3 } }, 'a.b'), Dexie.deepClone({ x: [1] })];
  `,
  use('localforage', 'require')`
    const localforage = require('localforage');
    const store = localforage.createInstance({ name: 'shop', storeName: 'carts' });
    module.exports = [store.config('name'), store.config('storeName'), localforage.INDEXEDDB];
  `,
  use('comlink', 'import')`
    import { expose, releaseProxy, wrap } from 'comlink';
    const { port1, port2 } = new MessageChannel();
    expose({ add: (a, b) => a + b, nested: { name: 'n' } }, port1);
    const remote = wrap(port2);
    export default Promise.all([remote.add(2, 3), remote.nested.name]).then((answers) => {
      remote[releaseProxy]();
      return answers;
    });
  `,
  use('comlink', 'require')`
    const { proxyMarker, transferHandlers, proxy } = require('comlink');
    module.exports = [[...transferHandlers.keys()], proxy({})[proxyMarker]];
  `,
];
