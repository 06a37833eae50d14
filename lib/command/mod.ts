/** What command lines share: options, a line of progress, messages of errors. */
export {
  choiceOption,
  type CommandOptions,
  numberOption,
  readOptions,
  requiredOption,
  textOption,
  usageError,
} from "./command_options.ts";
export { messageOf } from "./message_of.ts";
export {
  formatBytes,
  formatDuration,
  formatTokens,
  type ProgressLine,
  progressLine,
} from "./progress_line.ts";
export { type Commands, runCommands } from "./run_commands.ts";
