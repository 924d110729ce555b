import type { InferEntity } from "@mikro-orm/core";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import type { RunningHub } from "../../src/cli/serve.ts";

export type AuditRow = InferEntity<typeof AuditEventEntity>;

/** The rows that were written while `run` ran, first written first. */
export async function rowsDuring(hub: Pick<RunningHub, "database">, run: () => Promise<unknown>): Promise<AuditRow[]> {
  const last = (await allRows(hub)).at(-1)?.id ?? "0";
  await run();
  return hub.database.fork().find(AuditEventEntity, { id: { $gt: last } }, { orderBy: { id: "asc" } });
}

export const allRows = (hub: Pick<RunningHub, "database">): Promise<AuditRow[]> =>
  hub.database.fork().find(AuditEventEntity, {}, { orderBy: { id: "asc" } });
