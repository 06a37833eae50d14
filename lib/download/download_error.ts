/** Why a file could not be had. */
export interface DownloadFault {
  readonly file: string;
  /** Address without keys. */
  readonly address: string;
  readonly came: string;
  readonly expected: string;
  readonly remedy: string;
  /** Whether another attempt may succeed. */
  readonly again: boolean;
  /** Milliseconds that the server asks to wait. */
  readonly after?: number;
}

/** An error (`name` is `"DownloadError"`) with its fault. */
export type DownloadError = Error & { readonly fault: DownloadFault };

/** Makes a {@linkcode DownloadError}; the message names file, address, what came and what was expected. */
export function downloadError(fault: DownloadFault): DownloadError {
  const error = new Error(
    `${fault.file} from ${fault.address}: came ${fault.came}, expected ${fault.expected}. ` +
      `Remedy: ${fault.remedy}.`,
  );
  error.name = "DownloadError";
  return Object.assign(error, { fault });
}

/** Whether an error is a {@linkcode DownloadError}. */
export function isDownloadError(error: unknown): error is DownloadError {
  return error instanceof Error && error.name === "DownloadError";
}
