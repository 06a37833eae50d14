/** A run in a process of its own, to be killed: label_worker.ts STORE BASE_URL COUNT. */
import { labelPatents, loadPrompt, openLabelStore } from "@ree/patents";
import { samplePatents, testEndpoint } from "./sample_patents.ts";

const [path, baseUrl, count] = Deno.args;
const store = openLabelStore(path);
await labelPatents({
  patents: samplePatents(Number(count)),
  store,
  endpoint: testEndpoint(baseUrl),
  prompt: loadPrompt(),
  concurrency: 16,
});
store.close();
