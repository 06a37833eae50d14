import {
  backOff,
  cacheDir,
  download,
  type DownloadContext,
  downloadContext,
  isDownloadError,
  main,
  type Original,
  parseArguments,
  PATIENCE,
  planDownload,
  planLines,
  readOriginals,
  retryAfter,
  selectOriginals,
} from "@ree/download";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTempDir } from "../data/helpers.ts";
import { cuttingServer, faultyServer, file } from "./faulty_server.ts";

const QUICK = { ...PATIENCE, firstWait: 2, longestWait: 5_000, stall: 300, pause: 0 };

function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function original(address: string, parts: Partial<Original> = {}): Original {
  return {
    source: "test",
    file: "test/data.bin",
    publisher: "Test office",
    address: "https://example.org/page",
    licence: "free",
    download: address,
    bytes: null,
    sha256: null,
    ...parts,
  };
}

interface Run {
  readonly waits: number[];
  readonly said: string[];
  readonly context: Partial<DownloadContext>;
}

function quick(parts: Partial<DownloadContext> = {}): Run {
  const waits: number[] = [];
  const said: string[] = [];
  return {
    waits,
    said,
    context: {
      patience: QUICK,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      say: (line) => said.push(line),
      environment: () => undefined,
      ...parts,
    },
  };
}

const read = (cache: string, path = "test/data.bin") => Deno.readFileSync(join(cache, path));
const names = (dir: string) => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();

async function withServer(
  answers: Parameters<typeof faultyServer>[0],
  use: (server: ReturnType<typeof faultyServer>, cache: string) => Promise<void>,
): Promise<void> {
  const server = faultyServer(answers);
  try {
    await inTempDir((cache) => use(server, cache));
  } finally {
    await server.close();
  }
}

Deno.test("a file comes whole, with a record, and is not fetched twice", async () => {
  const bytes = noise(100_000);
  await withServer({ "/a": file(bytes) }, async (server, cache) => {
    const it = original(`${server.address}/a`, { bytes: bytes.length, sha256: sha(bytes) });
    const first = await download([it], { cache }, quick().context);
    assert.equal(first.files[0].state, "downloaded");
    assert.equal(first.files[0].sha256, sha(bytes));
    assert.deepEqual(read(cache), Uint8Array.from(bytes));
    assert.deepEqual(names(join(cache, "test")), ["data.bin", "data.bin.record.json"]);
    const second = await download([it], { cache }, quick().context);
    assert.equal(second.files[0].state, "present");
    assert.equal(server.asked.length, 1);
  });
});

Deno.test("a connection that breaks is resumed where it broke", async () => {
  const bytes = noise(300_000);
  const server = cuttingServer(bytes, 70_000, 3);
  try {
    await inTempDir(async (cache) => {
      const run = quick();
      const { files } = await download([original(server.address)], { cache }, run.context);
      assert.equal(files[0].sha256, sha(bytes));
      assert.deepEqual(server.starts, [0, 70_000, 140_000, 210_000]);
      assert.equal(run.waits.length, 3);
    });
  } finally {
    server.close();
  }
});

Deno.test("a server without ranges is asked for the whole file again", async () => {
  const bytes = noise(200_000);
  const server = cuttingServer(bytes, 90_000, 1, false);
  try {
    await inTempDir(async (cache) => {
      const { files } = await download([original(server.address)], { cache }, quick().context);
      assert.equal(files[0].sha256, sha(bytes));
      assert.deepEqual(server.starts, [0, 0]);
    });
  } finally {
    server.close();
  }
});

Deno.test("a half file of another edition is not completed but fetched anew", async () => {
  const [old, now] = [noise(50_000, 1), noise(60_000, 2)];
  await withServer({ "/a": file(now, '"two"') }, async (server, cache) => {
    const it = original(`${server.address}/a`);
    Deno.mkdirSync(join(cache, "test"));
    Deno.writeFileSync(join(cache, "test/data.bin.part"), old.subarray(0, 20_000));
    Deno.writeTextFileSync(
      join(cache, "test/data.bin.part.json"),
      JSON.stringify({ download: it.download, etag: '"one"', lastModified: null, total: 50_000 }),
    );
    const { files } = await download([it], { cache }, quick().context);
    assert.equal(server.asked[0].headers.get("range"), "bytes=20000-");
    assert.equal(files[0].sha256, sha(now));
  });
});

Deno.test("a half file that is already whole is taken as it is, one that is too long is fetched anew", async () => {
  const bytes = noise(10_000);
  for (const length of [10_000, 12_000]) {
    await withServer({
      "/a": (request, turn) =>
        request.headers.has("range")
          ? new Response("", { status: 416, headers: { "content-range": "bytes */10000" } })
          : file(bytes)(request, turn),
    }, async (server, cache) => {
      const it = original(`${server.address}/a`);
      Deno.mkdirSync(join(cache, "test"));
      const half = new Uint8Array(length);
      half.set(bytes);
      Deno.writeFileSync(join(cache, "test/data.bin.part"), half);
      const known = { download: it.download, etag: '"one"', lastModified: null, total: 10_000 };
      Deno.writeTextFileSync(join(cache, "test/data.bin.part.json"), JSON.stringify(known));
      const { files } = await download([it], { cache }, quick().context);
      assert.equal(files[0].sha256, sha(bytes));
      assert.equal(server.asked.length, length === 10_000 ? 1 : 2);
    });
  }
});

Deno.test("a killed download goes on in a new process and never shows a half file", async () => {
  const bytes = noise(400_000);
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  await withServer({
    "/a": (request, turn) => {
      if (turn > 1) return file(bytes)(request, turn);
      return new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(bytes.slice(0, 150_000));
            await held;
            try {
              controller.close();
            } catch { /* the killed client is gone */ }
          },
        }),
        { headers: { etag: '"one"', "content-length": String(bytes.length) } },
      );
    },
  }, async (server, cache) => {
    const it = original(`${server.address}/a`);
    const sources = join(cache, "sources.json");
    Deno.writeTextFileSync(sources, JSON.stringify([it]));
    const door = fileURLToPath(new URL("../../lib/download/mod.ts", import.meta.url));
    const script = `import { main } from ${JSON.stringify(door)};` +
      `await main(["test", "--yes"], { say: () => {}, ask: () => null }, ${
        JSON.stringify(sources)
      });`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      env: { REE_DATA: cache },
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    const part = join(cache, "test/data.bin.part");
    for (let i = 0; i < 400; i++) {
      try {
        if (Deno.statSync(part).size >= 150_000) break;
      } catch { /* not there yet */ }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill("SIGKILL");
    await child.status;
    release();
    assert.ok(!names(join(cache, "test")).includes("data.bin"));
    const { files } = await download([it], { cache }, quick().context);
    assert.equal(server.asked.at(-1)?.headers.get("range"), "bytes=150000-");
    assert.equal(files[0].sha256, sha(bytes));
  });
});

Deno.test("a silent connection is dropped and tried again", async () => {
  const bytes = noise(1_000);
  const closers: (() => void)[] = [];
  await withServer({
    "/a": (request, turn) =>
      turn > 1 ? file(bytes)(request, turn) : new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(bytes.slice(0, 10));
            closers.push(() => controller.error(new Error("closed")));
          },
        }),
        { headers: { "content-length": "1000" } },
      ),
  }, async (server, cache) => {
    const run = quick();
    const { files } = await download([original(`${server.address}/a`)], { cache }, run.context);
    assert.equal(files[0].state, "downloaded");
    assert.ok(run.said.some((line) => line.includes("no byte came for 0.3 seconds")));
  });
});

Deno.test("a busy server is waited for as long as it asks", async () => {
  const bytes = noise(10);
  await withServer({
    "/a": (request, turn) =>
      turn === 1
        ? new Response("slow down", { status: 429, headers: { "retry-after": "4" } })
        : turn === 2
        ? new Response("oops", { status: 503 })
        : file(bytes)(request, turn),
  }, async (server, cache) => {
    const run = quick({ random: () => 0 });
    const { files } = await download([original(`${server.address}/a`)], { cache }, run.context);
    assert.equal(files[0].state, "downloaded");
    assert.deepEqual(run.waits, [4_000, 2]);
  });
});

Deno.test("a Retry-After beyond the longest wait ends with a message", async () => {
  await withServer({
    "/a": () => new Response("", { status: 503, headers: { "retry-after": "86400" } }),
  }, async (server, cache) => {
    const run = quick();
    const { failed } = await download([original(`${server.address}/a`)], { cache }, run.context);
    assert.match(failed[0].message, /status 503/);
    assert.deepEqual(run.waits, []);
  });
});

Deno.test("a server that never recovers is given up after the stated attempts", async () => {
  await withServer({ "/a": () => new Response("", { status: 500 }) }, async (server, cache) => {
    const { failed } = await download(
      [original(`${server.address}/a`)],
      { cache },
      quick().context,
    );
    assert.match(failed[0].message, /status 500.*put it at .*data\.bin/);
    assert.equal(server.asked.length, QUICK.attempts);
  });
});

Deno.test("a missing file is named at once, and the other files still come", async () => {
  const bytes = noise(100);
  await withServer({ "/b": file(bytes) }, async (server, cache) => {
    const gone = original(`${server.address}/gone`, { file: "test/gone.bin" });
    const { files, failed } = await download(
      [gone, original(`${server.address}/b`)],
      { cache },
      quick().context,
    );
    assert.equal(files.length, 1);
    assert.match(failed[0].message, /test\/gone\.bin from .*\/gone: came status 404/);
    assert.equal(server.asked.filter(({ path }) => path === "/gone").length, 1);
  });
});

Deno.test("an HTML page with status 200 is refused and leaves nothing behind", async () => {
  const page = "<!DOCTYPE html><html><head><title>Please log in</title></head></html>";
  await withServer({
    "/a": () => new Response(page, { headers: { "content-type": "application/zip" } }),
    "/b": () => new Response("really,csv\n", { headers: { "content-type": "text/html" } }),
    "/c": () => new Response("not a zip", { headers: { "content-type": "application/zip" } }),
  }, async (server, cache) => {
    const { failed } = await download(
      ["a", "b", "c"].map((name) =>
        original(`${server.address}/${name}`, { file: `test/${name}.zip` })
      ),
      { cache },
      quick().context,
    );
    assert.match(failed[0].message, /an HTML page \("please log in"\) in place of the file/);
    assert.match(failed[1].message, /an HTML page/);
    assert.match(failed[2].message, /do not begin as a zip/);
    assert.deepEqual(names(join(cache, "test")), []);
  });
});

Deno.test("a zip archive whose end is missing is refused although its length is as announced", async () => {
  const bytes = noise(5_000);
  bytes.set([0x50, 0x4b, 3, 4]);
  await withServer({ "/a": file(bytes) }, async (server, cache) => {
    const { failed } = await download(
      [original(`${server.address}/a`, { file: "test/a.zip" })],
      { cache },
      quick().context,
    );
    assert.match(failed[0].message, /without its directory at the end/);
    assert.deepEqual(names(join(cache, "test")), []);
  });
});

Deno.test("a file with another checksum is put aside, reported and never used", async () => {
  const bytes = noise(2_000);
  await withServer({ "/a": file(bytes) }, async (server, cache) => {
    const it = original(`${server.address}/a`, { sha256: sha(noise(2_000, 9)) });
    for (const acceptChanged of [false, true]) {
      const { files } = await download([it], { cache, acceptChanged }, quick().context);
      assert.equal(files[0].state, "changed");
      assert.ok(files[0].message?.includes(sha(bytes)));
      assert.deepEqual(names(join(cache, "test")), ["data.bin.changed"]);
    }
  });
});

Deno.test("an original that changed since the first download is reported; the earlier one stays until accepted", async () => {
  const [old, now] = [noise(3_000, 1), noise(3_000, 2)];
  await withServer({
    "/a": (request, turn) =>
      turn === 1 ? file(old)(request, turn) : file(now, '"2"')(request, turn),
  }, async (server, cache) => {
    const it = original(`${server.address}/a`);
    await download([it], { cache }, quick().context);
    const again = await download([it], { cache, refresh: true }, quick().context);
    assert.equal(again.files[0].state, "changed");
    assert.match(again.files[0].message ?? "", /changed the file since \d{4}-/);
    assert.deepEqual(read(cache), Uint8Array.from(old));
    const kept = await download([it], { cache }, quick().context);
    assert.equal(kept.files[0].state, "present");
    const taken = await download(
      [it],
      { cache, refresh: true, acceptChanged: true },
      quick().context,
    );
    assert.equal(taken.files[0].state, "downloaded");
    assert.deepEqual(read(cache), Uint8Array.from(now));
    assert.deepEqual(names(join(cache, "test")), ["data.bin", "data.bin.record.json"]);
  });
});

Deno.test("a damaged file in the cache is noticed and fetched again", async () => {
  const bytes = noise(1_000);
  await withServer({ "/a": file(bytes) }, async (server, cache) => {
    const it = original(`${server.address}/a`);
    await download([it], { cache }, quick().context);
    Deno.writeFileSync(join(cache, "test/data.bin"), bytes.subarray(0, 500));
    const run = quick();
    const { files } = await download([it], { cache }, run.context);
    assert.equal(files[0].state, "downloaded");
    assert.ok(run.said.some((line) => line.includes("removed and fetched again")));
  });
});

Deno.test("a file put there by hand is adopted and recorded, a page saved as zip is not", async () => {
  await inTempDir(async (cache) => {
    Deno.mkdirSync(join(cache, "test"));
    Deno.writeFileSync(join(cache, "test/data.bin"), noise(10));
    const it = original("http://127.0.0.1:1/never");
    const { files } = await download([it], { cache }, quick().context);
    assert.equal(files[0].state, "adopted");
    Deno.writeTextFileSync(join(cache, "test/page.zip"), "<html><title>Robot?</title>");
    const page = original("http://127.0.0.1:1/never", { file: "test/page.zip" });
    const { failed } = await download([page], { cache }, quick().context);
    assert.match(failed[0].message, /robot\?/);
  });
});

Deno.test("redirects are followed, the key stays with its host and is never told", async () => {
  const bytes = noise(100);
  const key = "s3cret-key";
  await withServer({ "/file": file(bytes) }, async (other, cache) => {
    await withServer({
      "/a": () => Response.redirect(`${other.address}/file`, 302),
      "/loop": () => new Response(null, { status: 302, headers: { location: "/loop" } }),
      "/denied": () => new Response("", { status: 403 }),
    }, async (server) => {
      const run = quick({ environment: (name) => name === "THE_KEY" ? key : undefined });
      const secret = { env: "THE_KEY", header: "x-key", query: "k" };
      const { files, failed } = await download(
        [
          original(`${server.address}/a`, { key: secret }),
          original(`${server.address}/loop`, { file: "test/loop", key: secret }),
          original(`${server.address}/denied`, { file: "test/denied", key: secret }),
          original("http://127.0.0.1:1/closed", { file: "test/closed", key: secret }),
        ],
        { cache },
        run.context,
      );
      assert.equal(files[0].sha256, sha(bytes));
      const asked = server.asked.find(({ path }) => path === `/a?k=${key}`);
      assert.equal(asked?.headers.get("x-key"), key);
      assert.equal(other.asked[0].headers.get("x-key"), null);
      assert.equal(other.asked[0].path, "/file");
      assert.match(failed[0].message, /more than 8 redirects/);
      assert.match(failed[2].message, /closed.*in each of 6 attempts/);
      const told = [...run.said, ...failed.map(({ message }) => message)].join();
      assert.ok(!told.includes(key));
      for (const { name } of Deno.readDirSync(join(cache, "test"))) {
        const text = new TextDecoder("latin1").decode(read(cache, `test/${name}`));
        assert.ok(!text.includes(key), name);
      }
      const none = await download(
        [original(`${server.address}/a`, { file: "test/none", key: secret })],
        { cache },
        quick().context,
      );
      assert.match(none.failed[0].message, /no THE_KEY in the environment/);
    });
  });
});

Deno.test("one host gets one connection at a time", async () => {
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return new Response("x");
  };
  const paths = ["/1", "/2", "/3", "/4"];
  await withServer(Object.fromEntries(paths.map((path) => [path, slow])), async (server, cache) => {
    const { files } = await download(
      paths.map((path) => original(server.address + path, { file: `test${path}` })),
      { cache },
      quick().context,
    );
    assert.equal(files.length, 4);
    assert.equal(server.most(), 1);
  });
});

Deno.test("the proxy of the environment is used", async () => {
  const proxied: string[] = [];
  const proxy = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  (async () => {
    for await (const connection of proxy) {
      const buffer = new Uint8Array(4096);
      const n = await connection.read(buffer) ?? 0;
      proxied.push(new TextDecoder().decode(buffer.subarray(0, n)).split("\r\n")[0]);
      await connection.write(
        new TextEncoder().encode(
          "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndata",
        ),
      );
      connection.close();
    }
  })();
  try {
    await inTempDir(async (cache) => {
      const it = original("http://data.invalid/file", { file: "test/file.csv" });
      const sources = join(cache, "sources.json");
      Deno.writeTextFileSync(sources, JSON.stringify([it]));
      const door = fileURLToPath(new URL("../../lib/download/mod.ts", import.meta.url));
      const { port } = proxy.addr;
      const { code } = await new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          `import { main } from ${JSON.stringify(door)};` +
          `Deno.exit(await main(["test", "--yes"], undefined, ${JSON.stringify(sources)}));`,
        ],
        env: { REE_DATA: cache, HTTP_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: "" },
        stdout: "null",
        stderr: "inherit",
      }).output();
      assert.equal(code, 0);
      assert.equal(Deno.readTextFileSync(join(cache, "test/file.csv")), "data");
      assert.ok(proxied.some((line) => line.startsWith("GET http://data.invalid/file")));
    });
  } finally {
    proxy.close();
  }
});

Deno.test("the plan shows files, total size and each licence once before anything is fetched", async () => {
  await withServer({ "/a": file(noise(2_500_000)) }, async (server, cache) => {
    const files = [1, 2].map((i) => original(`${server.address}/a`, { file: `test/${i}` }));
    const known = original("http://127.0.0.1:1/never", { file: "test/3", bytes: 1_000_000_000 });
    const lost = original("http://127.0.0.1:1/never", { file: "test/4" });
    const plan = await planDownload(
      [...files, known, lost],
      cache,
      false,
      downloadContext(quick().context),
    );
    const lines = planLines(plan, cache);
    assert.ok(server.asked.every(({ method }) => method === "HEAD"));
    assert.ok(lines.some((line) => line.includes("4 files, 1.00 GB, and 1 files of unknown size")));
    assert.equal(lines.filter((line) => line.startsWith("Licence: Test office: free")).length, 1);
  });
});

Deno.test("the command asks first, and fetches nothing without a yes", async () => {
  const bytes = noise(10);
  await withServer({ "/a": file(bytes) }, async (server, cache) => {
    const sources = join(cache, "sources.json");
    Deno.writeTextFileSync(sources, JSON.stringify([original(`${server.address}/a`)]));
    const before = Deno.env.get("REE_DATA");
    Deno.env.set("REE_DATA", cache);
    try {
      const said: string[] = [];
      const run = (args: string[], answer: boolean | null) =>
        main(args, { say: (line) => said.push(line), ask: () => answer }, sources);
      assert.equal(await run(["test"], false), 2);
      assert.equal(await run(["test"], null), 2);
      assert.equal(await run(["tests"], true), 2);
      assert.ok(said.some((line) => line.includes('source "tests": expected one of test')));
      assert.ok(server.asked.every(({ method }) => method === "HEAD"));
      assert.equal(await run(["test"], true), 0);
      assert.deepEqual(read(cache), Uint8Array.from(bytes));
    } finally {
      if (before === undefined) Deno.env.delete("REE_DATA");
      else Deno.env.set("REE_DATA", before);
    }
  });
});

Deno.test("the project's originals are well formed, over https, and selectable by source or file", () => {
  const originals = readOriginals();
  assert.ok(originals.length > 20);
  for (const { download, file, source } of originals) {
    assert.match(download, /^https:/);
    assert.ok(file.startsWith(`${source}/`));
  }
  assert.equal(selectOriginals(originals, ["wiod2016"]).length, 1);
  assert.equal(selectOriginals(originals, ["oecd-icio-2023/2016-2020_SML.zip"]).length, 1);
});

Deno.test("a list that would write outside the cache folder is refused", async () => {
  await inTempDir((dir) => {
    const path = join(dir, "sources.json");
    for (const bad of ["../up", "/abs", "a//b", "a\\b"]) {
      Deno.writeTextFileSync(path, JSON.stringify([original("http://x.org/", { file: bad })]));
      assert.throws(() => readOriginals(path), /relative path/);
    }
    Deno.writeTextFileSync(path, JSON.stringify([original("ftp://x.org/")]));
    assert.throws(() => readOriginals(path), /http or https/);
  });
});

Deno.test("the cache folder is REE_DATA, else in the user's cache directory", () => {
  const given = (variables: Record<string, string>, os: string) =>
    cacheDir((name) => variables[name], os);
  assert.equal(given({ REE_DATA: "/d", HOME: "/h" }, "linux"), "/d");
  assert.equal(given({ HOME: "/h" }, "linux"), "/h/.cache/ree-data");
  assert.equal(given({ HOME: "/h", XDG_CACHE_HOME: "/x" }, "linux"), "/x/ree-data");
  assert.equal(given({ HOME: "/h" }, "darwin"), "/h/Library/Caches/ree-data");
  assert.throws(() => given({}, "linux"), /REE_DATA/);
});

Deno.test("waits grow, stay within half and all of the limit, and Retry-After reads seconds and dates", () => {
  assert.equal(backOff(PATIENCE, 1, 0), 500);
  assert.equal(backOff(PATIENCE, 4, 0), 4_000);
  assert.ok(backOff(PATIENCE, 30, 0.999) <= PATIENCE.longestWait);
  assert.equal(retryAfter("120", 0), 120_000);
  const now = Date.parse("Wed, 21 Oct 2015 07:27:00 GMT");
  assert.equal(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT", now), 60_000);
  assert.equal(retryAfter("soon", 0), null);
  assert.equal(retryAfter(null, 0), null);
});

Deno.test("unknown options are refused with the known ones", () => {
  const wrong = parseArguments(["--force"]);
  assert.ok(wrong.kind === "error" && wrong.message.includes("--refresh"));
  assert.equal(parseArguments([]).kind, "error");
  assert.equal(parseArguments(["--help", "x"]).kind, "help");
  assert.ok(!isDownloadError(new Error("x")));
});
