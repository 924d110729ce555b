import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Admission } from "../access/admission.ts";
import type { Caller } from "../access/caller.ts";
import type { DocumentService } from "../forms/document.service.ts";
import { NotFound } from "../kernel/errors.ts";

/** What a download costs of its client's allowance. [D] */
const DOWNLOAD_POINTS = 50;

export interface DocumentParts {
  callerOf(request: FastifyRequest): Promise<Caller>;
  admission: Admission;
  documents: Pick<DocumentService, "readDocument">;
}

/** Downloads, for the same token and purpose as GraphQL. Absent and hidden are one answer. */
export function registerDocuments(app: FastifyInstance, { callerOf, admission, documents }: DocumentParts): void {
  app.get<{ Params: { id: string } }>("/documents/:id", async (request, reply) => {
    const caller = await callerOf(request);
    await admission.spend(caller.client, DOWNLOAD_POINTS);
    const document = await documents.readDocument(caller, { id: request.params.id });
    if (!document) throw new NotFound("There is no such document within your remit.");
    return reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `attachment; filename="${document.fileName}"`)
      .header("digest", `sha-256=${Buffer.from(document.sha256, "hex").toString("base64")}`)
      .send(Buffer.from(document.bytes));
  });
}
