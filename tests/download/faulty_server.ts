/** A local server whose answers a test decides, and which remembers what it was asked. */
export interface FaultyServer {
  readonly address: string;
  readonly asked: { readonly method: string; readonly path: string; readonly headers: Headers }[];
  /** Most requests that were open at one time. */
  readonly most: () => number;
  readonly close: () => Promise<void>;
}

/** Answers one request; `turn` counts the GET requests of that path from 1. */
export type Answer = (request: Request, turn: number) => Response | Promise<Response>;

/** Starts a server on a free port. */
export function faultyServer(answers: Readonly<Record<string, Answer>>): FaultyServer {
  const asked: { method: string; path: string; headers: Headers }[] = [];
  const turns = new Map<string, number>();
  let open = 0;
  let most = 0;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push({ method: request.method, path: pathname + search, headers: request.headers });
      const turn = (turns.get(pathname) ?? 0) + (request.method === "GET" ? 1 : 0);
      turns.set(pathname, turn);
      const answer = answers[pathname];
      if (answer === undefined) return new Response("nothing here", { status: 404 });
      most = Math.max(most, ++open);
      try {
        return await answer(request, turn);
      } finally {
        open -= 1;
      }
    },
  );
  return {
    address: `http://127.0.0.1:${server.addr.port}`,
    asked,
    most: () => most,
    close: () => server.shutdown(),
  };
}

/** A file server's answer with ETag and ranges. */
export function file(bytes: Uint8Array<ArrayBuffer>, etag = '"one"'): Answer {
  return (request) => {
    const range = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "");
    const holds = (request.headers.get("if-range") ?? etag) === etag;
    if (range && holds) {
      const from = Number(range[1]);
      return new Response(bytes.slice(from), {
        status: 206,
        headers: { etag, "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
      });
    }
    return new Response(request.method === "HEAD" ? null : bytes, {
      headers: { etag, "content-length": String(bytes.length) },
    });
  };
}

/**
 * Raw TCP server that sends the head of a response and `sent` of its bytes and then cuts the connection, as a broken line
 * does; from the `cuts`-th connection on it answers ranges in full.
 */
export function cuttingServer(
  bytes: Uint8Array,
  sent: number,
  cuts: number,
  ranges = true,
): { readonly address: string; readonly starts: number[]; readonly close: () => void } {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const starts: number[] = [];
  (async () => {
    for await (const connection of listener) {
      const buffer = new Uint8Array(4096);
      const n = await connection.read(buffer) ?? 0;
      const head = new TextDecoder().decode(buffer.subarray(0, n));
      const range = ranges ? /range: bytes=(\d+)-/i.exec(head) : null;
      const from = range ? Number(range[1]) : 0;
      starts.push(from);
      const status = range
        ? `206 Partial Content\r\nContent-Range: bytes ${from}-${bytes.length - 1}/${bytes.length}`
        : "200 OK";
      const body = bytes.subarray(from, starts.length <= cuts ? from + sent : undefined);
      await connection.write(
        new TextEncoder().encode(
          `HTTP/1.1 ${status}\r\nETag: "one"\r\nContent-Length: ${bytes.length - from}\r\n\r\n`,
        ),
      );
      for (let done = 0; done < body.length;) done += await connection.write(body.subarray(done));
      connection.close();
    }
  })();
  const { port } = listener.addr;
  return { address: `http://127.0.0.1:${port}`, starts, close: () => listener.close() };
}
