import type { SourceIssueKind } from "../../cases/case.source.ts";

/** Why a source did not answer as it should. Holds no address, body, token or identity code. */
export class SourceFault extends Error {
  /**
   * @param detail for the operator's log: an error code, an X-Road error type or the path of a malformed field; never
   *   a value from the wire
   * @param byCaller the hub itself stopped waiting; says nothing of the source's health
   */
  constructor(
    readonly kind: SourceIssueKind,
    readonly detail: string,
    readonly byCaller = false,
  ) {
    super(`${kind}: ${detail}`);
    this.name = "SourceFault";
  }
}
