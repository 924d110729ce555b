import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../access/caller.ts";
import type { DocumentService } from "../forms/document.service.ts";
import { NivelError, Refused, Unauthenticated, Unavailable } from "../kernel/errors.ts";

/** Downloads, for the same token and purpose as GraphQL. Absent and hidden are one answer. */
export function registerDocuments(
  app: FastifyInstance,
  callerOf: (request: FastifyRequest) => Promise<Caller>,
  documents: Pick<DocumentService, "readDocument">,
): void {
  app.get<{ Params: { id: string } }>("/documents/:id", async (request, reply) => {
    try {
      const document = await documents.readDocument(await callerOf(request), { id: request.params.id });
      if (!document) return await problem(reply, 404, "There is no such document within your remit.");
      return await reply
        .header("content-type", "application/pdf")
        .header("content-disposition", `attachment; filename="${document.fileName}"`)
        .header("digest", `sha-256=${Buffer.from(document.sha256, "hex").toString("base64")}`)
        .send(Buffer.from(document.bytes));
    } catch (error) {
      if (!(error instanceof NivelError)) throw error;
      return problem(reply, statusOf(error), error.message);
    }
  });
}

function statusOf(error: NivelError): number {
  if (error instanceof Unauthenticated) return 401;
  if (error instanceof Unavailable) return 503;
  return error instanceof Refused ? 403 : 400;
}

const problem = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).type("application/problem+json").send({ status, title: message });
