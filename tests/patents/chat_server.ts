import { LABELS } from "@ree/patents";

/** What the server does to a request instead of answering it well. */
export type Fault =
  | {
    readonly kind: "status";
    readonly status: number;
    readonly retryAfter?: string;
    readonly message?: string;
  }
  | { readonly kind: "slow"; readonly seconds: number }
  | { readonly kind: "dropped" }
  | { readonly kind: "hanging-body" }
  | { readonly kind: "body"; readonly body: string; readonly type?: string }
  | { readonly kind: "content"; readonly content: string }
  | { readonly kind: "completion"; readonly change: Readonly<Record<string, unknown>> }
  | { readonly kind: "twice" };

/** A request as the server saw it. */
export interface SeenRequest {
  /** Milliseconds since the server began. */
  readonly at: number;
  readonly title: string;
  readonly authorization: string | null;
  readonly body: ChatRequest;
  /** Whether a good answer was sent. */
  readonly answered: boolean;
}

interface ChatRequest {
  readonly model: string;
  readonly temperature: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly strict: boolean } };
}

/** A chat server on this machine. */
export interface ChatServer {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  /** Largest number of requests at the same time. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

/** Key that the server wants; long enough that a search for it means something. */
export const SECRET_KEY = "sk-test-9f8e7d6c5b4a-secret";

/**
 * A server that speaks the chat completions protocol and checks what it gets: it answers 401 without the key, 404
 * elsewhere, 400 to a request that is not one of ours. `fault` may spoil any answer.
 */
export function startChatServer(
  fault: (
    request: { readonly number: number; readonly title: string; readonly body: ChatRequest },
  ) => Fault | null = () => null,
  answer: (title: string, abstract: string) => object = plainAnswer,
): ChatServer {
  const requests: SeenRequest[] = [];
  const began = performance.now();
  let atOnce = 0;
  let most = 0;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      most = Math.max(most, ++atOnce);
      try {
        return await respond(request);
      } finally {
        atOnce--;
      }
    },
  );
  async function respond(request: Request): Promise<Response> {
    const at = performance.now() - began;
    const authorization = request.headers.get("authorization");
    if (new URL(request.url).pathname !== "/v1/chat/completions") {
      return json({ error: { message: "no such route" } }, 404);
    }
    const body = await request.json() as ChatRequest;
    if (authorization !== `Bearer ${SECRET_KEY}`) {
      // Servers have been seen to echo the header: the key must not get into the error.
      return json({ error: { message: `wrong key in ${authorization}` } }, 401);
    }
    const user = body.messages.find(({ role }) => role === "user")?.content ?? "";
    const fenced = user.match(
      /^=== PATENT (\w+) ===\nTitle: ([\s\S]*?)\nAbstract: ([\s\S]*)\n=== PATENT \1 ===/,
    );
    if (
      fenced === null || body.temperature !== 0 ||
      body.response_format?.json_schema?.strict !== true
    ) return json({ error: { message: "unexpected request" } }, 400);
    const [, , title, abstract] = fenced;
    const spoilt = fault({ number: requests.length, title, body });
    requests.push({
      at,
      title,
      authorization,
      body,
      answered: spoilt === null || spoilt.kind === "slow" || spoilt.kind === "twice",
    });
    const good = completion(body.model, JSON.stringify(answer(title, abstract)));
    switch (spoilt?.kind) {
      case undefined:
        return json(good);
      case "status":
        return json(
          { error: { message: spoilt.message ?? "try later", type: "server_error", code: null } },
          spoilt.status,
          spoilt.retryAfter === undefined ? {} : { "retry-after": spoilt.retryAfter },
        );
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, spoilt.seconds * 1000));
        return json(good);
      case "dropped":
        return dropped(JSON.stringify(good), true);
      case "hanging-body":
        return dropped(JSON.stringify(good), false);
      case "body":
        return new Response(spoilt.body, {
          headers: { "content-type": spoilt.type ?? "application/json" },
        });
      case "content":
        return json(completion(body.model, spoilt.content));
      case "completion":
        return json({ ...good, ...spoilt.change });
      case "twice":
        return json({ ...good, choices: [...good.choices, ...good.choices] });
    }
  }
  return {
    baseUrl: `http://127.0.0.1:${server.addr.port}/v1`,
    requests,
    mostAtOnce: () => most,
    close: () => server.shutdown(),
  };
}

/** A label that depends on the title only, with the title's first words as evidence. */
export function plainAnswer(title: string): object {
  const primary = LABELS[title.length % LABELS.length];
  return { primary, labels: [primary], elements: ["Nd"], evidence: title.slice(0, 40) };
}

function completion(model: string, content: string) {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 700, completion_tokens: 60, total_tokens: 760 },
  };
}

function json(value: object, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers });
}

/** Half of a body, and then the connection breaks (or nothing more comes for three seconds). */
function dropped(text: string, breaks: boolean): Response {
  const bytes = new TextEncoder().encode(text);
  let timer: ReturnType<typeof setTimeout>;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      timer = setTimeout(() => controller.close(), breaks ? 1 : 3000);
    },
    cancel: () => clearTimeout(timer),
  });
  // A body shorter than its announced length is a connection that broke.
  const headers = { "content-type": "application/json", "content-length": `${bytes.length}` };
  return new Response(body, { headers });
}
