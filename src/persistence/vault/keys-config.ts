import { ephemeralKeys, keyFile } from "./key-file.ts";
import type { KeyWrapper } from "./key-wrapper.ts";
import { transit } from "./transit.ts";

/** Who holds the keys by which the database's data keys are wrapped. */
export type KeysConfig =
  /** `create`: made when a new database needs its first key; development only. */
  | { kind: "file"; path: string; create: boolean }
  /** HashiCorp Vault's transit engine, e.g. `https://vault:8200/v1/transit`, with the name of its key. */
  | { kind: "transit"; url: string; key: string; tokenFile: string }
  /** They end with the process: for a database that does so too, and for tests. */
  | { kind: "ephemeral" };

export function keyWrapperOf(config: KeysConfig): KeyWrapper {
  if (config.kind === "file") return keyFile(config.path, config);
  return config.kind === "transit" ? transit(config) : ephemeralKeys();
}
