import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Admission } from "../access/admission.ts";
import type { Caller } from "../access/caller.ts";
import { NotFound } from "../kernel/errors.ts";
import { printLogExtract } from "../rights/log-extract.ts";
import type { TraceService } from "../rights/trace.service.ts";

/** What an extract costs of its client's allowance: of thousands of entries it is a second of work. [D] */
const EXTRACT_POINTS = 1000;

/** The file's name tells nothing of the person (decision D1). */
const FILE_NAME = "nivel-log.pdf";

export interface LogExtractParts {
  callerOf(request: FastifyRequest): Promise<Caller>;
  admission: Admission;
  traces: Pick<TraceService, "logExtract">;
}

/** The person's log extract as a PDF (703/2023 section 11), for the same token and purpose as GraphQL; `?language=sv`. */
export function registerLogExtract(app: FastifyInstance, { callerOf, admission, traces }: LogExtractParts): void {
  app.get<{ Querystring: { language?: unknown } }>("/log-extract", async (request, reply) => {
    const caller = await callerOf(request);
    await admission.spend(caller.client, EXTRACT_POINTS);
    const extract = await traces.logExtract(caller, { since: null, until: null });
    if (!extract) throw new NotFound("There is no case of yours.");
    const bytes = await printLogExtract(extract, caller.name, request.query.language === "sv" ? "sv" : "fi");
    return reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `attachment; filename="${FILE_NAME}"`)
      .send(Buffer.from(bytes));
  });
}
