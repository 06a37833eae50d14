import { openEndpoint, type Patent, patentOf } from "@ree/patents";
import { SECRET_KEY } from "./chat_server.ts";

/** Patents with distinct texts; SIMULATED. */
export function samplePatents(count: number, from = 0): Patent[] {
  return Array.from({ length: count }, (_, i) =>
    patentOf({
      id: `P${from + i}`,
      title: `Sintered magnet number ${from + i} ${"with less dysprosium ".repeat(1 + i % 3)}`
        .trim(),
      abstract: "A neodymium-iron-boron magnet with a thin dysprosium shell.",
      year: 2000 + i % 20,
    }));
}

/** An endpoint on a test server. */
export function testEndpoint(baseUrl: string, timeoutSeconds = 30) {
  return openEndpoint(
    { baseUrl, model: "test-model", key: SECRET_KEY, format: "json_schema" },
    { timeoutSeconds },
  );
}

/** Runs a test with a folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = Deno.makeTempDirSync({ prefix: "patents" });
  try {
    return await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
