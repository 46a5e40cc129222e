import { type AddressInfo, createServer, type Server } from 'node:net';

const given = new Set<number>();

/**
 * A server listens on 127.0.0.1, on a port that none has had before in this process: a browser that outlives the
 * server would take files of the same origin from its cache.
 */
export async function listenAnew(server: Server): Promise<number> {
  for (;;) {
    await new Promise<void>((onListening, onFailure) => {
      server.once('error', onFailure);
      server.listen(0, '127.0.0.1', () => {
        server.off('error', onFailure);
        onListening();
      });
    });
    const { port } = server.address() as AddressInfo;
    if (!given.has(port)) {
      given.add(port);
      return port;
    }
    await new Promise((onClosed) => server.close(onClosed));
  }
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenAnew(server);
  await new Promise((onClosed) => server.close(onClosed));
  return port;
}
