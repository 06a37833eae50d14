import { downloadError } from "./download_error.ts";
import type { OnePerHost } from "./one_per_host.ts";
import type { Original } from "./original.ts";

const REDIRECTS = 8;
const REDIRECT_STATUS = [301, 302, 303, 307, 308];

/** A request's method, its range and what ends it. */
export interface RequestOptions {
  readonly method: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly environment: (name: string) => string | undefined;
}

/**
 * Asks for an original, following redirects by hand: the key goes to the first host only, https never becomes http, and
 * each hop counts as its own host's connection. Proxies come from HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as fetch reads them.
 *
 * @param use reads the response while the host's connection is held
 * @throws DownloadError when the key is missing or the redirects do not end; TypeError on network errors
 */
export async function request<T>(
  original: Original,
  perHost: OnePerHost,
  options: RequestOptions,
  use: (response: Response) => Promise<T>,
): Promise<T> {
  const first = new URL(original.download);
  let address = first;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const { url, headers } = withKey(original, address, address.origin === first.origin, options);
    const outcome = await perHost(address.host, async () => {
      const response = await fetch(url, {
        method: options.method,
        // Compressed bodies would not have the sizes and ranges that are counted here.
        headers: { "accept-encoding": "identity", ...options.headers, ...headers },
        redirect: "manual",
        signal: options.signal,
      });
      const location = response.headers.get("location");
      if (!REDIRECT_STATUS.includes(response.status) || location === null) {
        return { value: await use(response) };
      }
      await response.body?.cancel();
      return { location };
    });
    if ("value" in outcome) return outcome.value as T;
    const next = new URL(outcome.location as string, address);
    if (address.protocol === "https:" && next.protocol !== "https:") {
      throw failure(
        original,
        `a redirect to ${next.protocol}//${next.host}`,
        "https to stay https",
      );
    }
    address = next;
  }
  throw failure(original, `more than ${REDIRECTS} redirects`, "an address that ends in a file");
}

function withKey(
  original: Original,
  address: URL,
  sameOrigin: boolean,
  options: RequestOptions,
): { readonly url: URL; readonly headers: Record<string, string> } {
  const url = new URL(address);
  const { key } = original;
  if (key === undefined || !sameOrigin) return { url, headers: {} };
  const value = options.environment(key.env);
  if (!value) {
    throw failure(
      original,
      `no ${key.env} in the environment`,
      "the API key",
      `get a key at ${original.address} and set ${key.env}`,
    );
  }
  if (key.query !== undefined) url.searchParams.set(key.query, value);
  return { url, headers: key.header === undefined ? {} : { [key.header]: value } };
}

function failure(original: Original, came: string, expected: string, remedy?: string): Error {
  return downloadError({
    file: original.file,
    address: original.download,
    came,
    expected,
    remedy: remedy ?? `open ${original.address} in a browser`,
    again: false,
  });
}
