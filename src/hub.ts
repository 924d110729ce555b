import type { AddressInfo } from "node:net";
import type { FastifyRequest } from "fastify";
import { pino } from "pino";
import { type IssuerConfig, createAuthenticator } from "./access/authenticate.ts";
import { createAdmission } from "./access/client-admission.ts";
import { sessionOf } from "./access/database-session.ts";
import { type ClientsConfig, createIdentify } from "./access/identify.ts";
import { findRegisteredText } from "./access/trusted-document.repository.ts";
import { type XroadTrust, createXroadGate } from "./access/xroad-trust.ts";
import type { AuditKeySource, AuditLogConfig } from "./audit/audit-key.ts";
import { startSealer } from "./audit/sealer.ts";
import { createCaseEntryService } from "./cases/case-entry.service.ts";
import { CaseRecordResolver } from "./cases/case-record.resolver.ts";
import { createCaseRecordService } from "./cases/case-record.service.ts";
import { CaseResolver } from "./cases/case.resolver.ts";
import { ConsentResolver } from "./cases/consent.resolver.ts";
import { createConsentService } from "./cases/consent.service.ts";
import { LegalBasisResolver, createLegalBasisList } from "./cases/legal-basis.resolver.ts";
import { createNotificationService } from "./cases/notification.service.ts";
import { PermitResolver } from "./cases/permit.resolver.ts";
import { createPermitService } from "./cases/permit.service.ts";
import { createCaseService } from "./cases/case.service.ts";
import type { CaseSource } from "./cases/case.source.ts";
import { ExplainResolver } from "./cases/explain.resolver.ts";
import { type ExplainPort, createExplainService } from "./cases/explain.service.ts";
import { TransferResolver } from "./cases/transfer.resolver.ts";
import { createTransferService } from "./cases/transfer.service.ts";
import { ContactResolver } from "./contacts/contact.resolver.ts";
import { createContactService } from "./contacts/contact.service.ts";
import { loadForms } from "./forms/catalogue.ts";
import { DocumentResolver } from "./forms/document.resolver.ts";
import { type DocumentService, createDocumentService, findDocumentInRemit } from "./forms/document.service.ts";
import { callerOfRequest } from "./graphql/context.ts";
import { createSchema } from "./graphql/schema.ts";
import { GRAPHQL_PATH, type RequestLimits, USUAL_LIMITS, serveGraphql } from "./graphql/server.ts";
import { readManifest, trustedDocuments } from "./graphql/trusted-document.ts";
import { registerDocuments } from "./http/documents.ts";
import { registerGraphiql } from "./http/graphiql.ts";
import { registerHealth } from "./http/health.ts";
import { registerLogExtract } from "./http/log-extract.ts";
import { createServer } from "./http/server.ts";
import { describeBug } from "./kernel/bug.ts";
import type { Clock } from "./kernel/clock.ts";
import { today } from "./kernel/dates.ts";
import { StartupError } from "./kernel/errors.ts";
import type { Room } from "./operation/operation.ts";
import { WhomToContactResolver } from "./pathway/whom-to-contact.resolver.ts";
import { createWhomToContactService } from "./pathway/whom-to-contact.service.ts";
import type { Database } from "./persistence/database.ts";
import { ReferralResolver } from "./referrals/referral.resolver.ts";
import { findReferralToCaller, receivedPage } from "./referrals/received.ts";
import { createReferralService } from "./referrals/referral.service.ts";
import { heldColumns } from "./rights/held-columns.ts";
import { RightsResolver } from "./rights/rights.resolver.ts";
import { createSubjectAccessService } from "./rights/subject-access.service.ts";
import { createTraceService } from "./rights/trace.service.ts";
import { StatementResolver } from "./statements/statement.resolver.ts";
import { createStatementService, findStatementInRemit } from "./statements/statement.service.ts";

export interface HubParts {
  database: Database;
  sources: readonly CaseSource[];
  issuer: IssuerConfig;
  clock: Clock;
  formsFolder: string;
  /** How this process seals the audit log; undefined: another one does. */
  audit?: (Pick<AuditLogConfig, "anchorFile" | "sealSeconds"> & { keys: AuditKeySource }) | undefined;
  production: boolean;
  logLevel: string;
  /** Where the log goes; undefined: to the standard output. */
  logFile?: string | undefined;
  clients: ClientsConfig;
  /** What one request may ask; what is not said is as usual, with any document served. */
  requests?: Partial<RequestLimits>;
  /** Whose X-Road headers are believed; undefined: nobody's. */
  xroad?: XroadTrust | undefined;
  /** The query that the development page opens with. */
  defaultQuery?: string;
}

export interface Hub {
  /** Starts to serve. @returns the address, without a slash at its end */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Finishes the requests in flight, then stops. The database stays open: its opener closes it. */
  close(): Promise<void>;
}

/** The composition root: the only place that sees every part. */
export async function createHub(parts: HubParts): Promise<Hub> {
  const { database, clock, production } = parts;
  const logger = pino(
    { level: parts.logLevel },
    pino.destination(parts.logFile === undefined ? 1 : { dest: parts.logFile, mkdir: true }),
  );
  const auditFailed = (error: unknown) => logger.error({ bug: describeBug(error) }, "audit");
  const room: Room = {
    clock,
    fork: (caller) => database.forkFor(sessionOf(caller, today(clock), database.vault)),
    auditFailed,
  };
  const catalogue = await loadForms(parts.formsFolder);

  const cases = createCaseService(room, parts.sources);
  const documents = createDocumentService(room, { cases, catalogue });
  const traces = createTraceService(room);
  const schema = createSchema([
    new CaseResolver(cases, createCaseEntryService(room, parts.sources)),
    new CaseRecordResolver(createCaseRecordService(room, cases)),
    new ConsentResolver(createConsentService(room, documents.deleteRestingOn)),
    new PermitResolver(createPermitService(room, cases, documents.deleteRestingOn), createNotificationService(room)),
    new LegalBasisResolver(createLegalBasisList(room)),
    new ExplainResolver(createExplainService(room, explainPort(documents))),
    new TransferResolver(createTransferService(room, parts.sources)),
    new ContactResolver(createContactService(room)),
    new StatementResolver(createStatementService(room, cases)),
    new DocumentResolver(documents),
    new ReferralResolver(createReferralService(room, cases)),
    new WhomToContactResolver(createWhomToContactService(room, cases)),
    new RightsResolver(traces, createSubjectAccessService(room, cases)),
  ]);

  const admission = createAdmission(() => database.fork(), parts.clients, clock);
  const xroad = createXroadGate(parts.xroad);
  const identify = createIdentify({
    authenticate: createAuthenticator(parts.issuer, clock),
    xroad,
    admission,
    failuresPerMinute: parts.clients.failuresPerMinute,
  });
  const callerOf = (request: FastifyRequest) => callerOfRequest(request, identify);
  const app = createServer({
    logger,
    production,
    requestIdOf: ({ headers, socket }) => xroad.requestIdOf({ headers, remoteAddress: socket.remoteAddress ?? "" }),
  });
  registerHealth(app, () => database.isAlive());
  registerDocuments(app, { callerOf, admission, documents });
  registerLogExtract(app, { callerOf, admission, traces });
  if (!production) registerGraphiql(app, { graphqlPath: GRAPHQL_PATH, defaultQuery: parts.defaultQuery ?? "" });
  const stopGraphql = await serveGraphql(app, {
    schema,
    callerOf,
    admission,
    trusted: trustedDocuments(readManifest(), {
      find: (client, hash) => findRegisteredText(database.fork(), client, hash),
    }),
    limits: { ...USUAL_LIMITS, ...parts.requests },
    production,
    logger,
  });

  const sealer =
    parts.audit && startSealer({ ...parts.audit, fork: () => database.forkSealer(), clock, failed: auditFailed });

  return {
    listen: async ({ host, port }) => {
      try {
        await app.listen({ host, port });
      } catch (error) {
        throw cannotStart(error, port);
      }
      const bound = app.server.address() as AddressInfo;
      return `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${bound.port}`;
    },
    close: async () => {
      await stopGraphql();
      await app.close();
      await sealer?.close();
    },
  };
}

/** What the explanation of an operation has to know of the capabilities above cases. */
const explainPort = (documents: DocumentService): ExplainPort => ({
  caseOf: {
    STATEMENT: async (work, id) => (await findStatementInRemit(work, id))?.statement.caseId,
    DOCUMENT: async (work, id) => (await findDocumentInRemit(work, id))?.document.caseId,
    REFERRAL: async (work, id) => (await findReferralToCaller(work, id))?.caseId,
  },
  received: async (work, page) => (await receivedPage(work, page)).items.map(({ node }) => node.caseId),
  formPaths: documents.pathsIn,
  partsOf: (paths) => (paths.has("holding.fields") ? heldColumns() : []),
});

const FILE_CALLS = new Set(["open", "mkdir", "write", "rename", "access"]);

/** One clear line instead of a stack for what an operator can mend. */
export function cannotStart(error: unknown, port: number): Error {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && FILE_CALLS.has(syscall))
    return new StartupError(`The data folder cannot be written (${code ?? "?"}). Check NIVEL_DATA_DIR.`);
  if (code === "EADDRINUSE")
    return new StartupError(
      `Port ${port} is taken. Stop what holds it, or set PORT to another; in development the six ports after it are used too.`,
    );
  if (code === "EACCES")
    return new StartupError(`Port ${port} may not be opened by this user. Set PORT to one above 1023.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartupError("The address in HOST is not one of this machine. Correct HOST, or leave it out.");
  return error as Error;
}
