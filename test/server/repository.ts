/** git repositories, and git's own server of them. */
import { spawn } from 'node:child_process';
import fs, { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import git from 'isomorphic-git';
import type { Project } from '../helpers/project';

export const author = { name: 'A', email: 'a@example.test', timestamp: 0, timezoneOffset: 0 };

/** A repository with a commit for each text of `lib/app.js`. */
export async function makeRepository(project: Project, texts: readonly string[]): Promise<string[]> {
  const dir = project.path('repository');
  mkdirSync(dir, { recursive: true });
  await git.init({ fs, dir, defaultBranch: 'main' });
  const commits: string[] = [];
  for (const text of texts) commits.push(await commit(project, text));
  return commits;
}

/** Commits a text of `lib/app.js`. */
export async function commit(project: Project, text: string): Promise<string> {
  const dir = project.path('repository');
  project.write({ 'repository/lib/app.js': text });
  await git.add({ fs, dir, filepath: 'lib/app.js' });
  return git.commit({ fs, dir, message: 'change', author });
}

/** git's own server, as web servers run it. */
export async function serveGit(root: string): Promise<Server> {
  const server = createServer((request, response) => runBackend(root, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function runBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.pipe(child.stdin);
  child.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    for (const line of output.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(output.subarray(end + 4));
  });
}
