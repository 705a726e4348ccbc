import { createServer, type Server } from 'node:http';
import type { Service } from './service.ts';

/** Serves on 127.0.0.1 at the port, or at any free one for 0. Rejects when the port is taken. */
export async function listen(service: Service, port: number): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const server = createServer((request, response) => service.handle(request, response));
  const taken = await listenAt(server, port);
  return { baseUrl: `http://127.0.0.1:${taken}`, close: () => service.close(server) };
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The sandbox has no port.'));
      else resolve(address.port);
    });
  });
}
