import { fileURLToPath } from "node:url";

/** The project's own `data/` folder, found from this module's address, without a closing slash. */
export const DATA_DIR: string = fileURLToPath(new URL("../../data", import.meta.url));
