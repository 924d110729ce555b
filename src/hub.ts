import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { type IssuerConfig, createAuthenticator } from "./access/authenticate.ts";
import { sessionOf } from "./access/database-session.ts";
import { createCaseEntryService } from "./cases/case-entry.service.ts";
import { CaseRecordResolver } from "./cases/case-record.resolver.ts";
import { createCaseRecordService } from "./cases/case-record.service.ts";
import { CaseResolver } from "./cases/case.resolver.ts";
import { createCaseService } from "./cases/case.service.ts";
import type { CaseSource } from "./cases/case.source.ts";
import { ContactResolver } from "./contacts/contact.resolver.ts";
import { createContactService } from "./contacts/contact.service.ts";
import { loadForms } from "./forms/catalogue.ts";
import { DocumentResolver } from "./forms/document.resolver.ts";
import { createDocumentService } from "./forms/document.service.ts";
import { callerOfRequest } from "./graphql/context.ts";
import { createSchema } from "./graphql/schema.ts";
import { GRAPHQL_PATH, serveGraphql } from "./graphql/server.ts";
import { registerDocuments } from "./http/documents.ts";
import { registerGraphiql } from "./http/graphiql.ts";
import { registerHealth } from "./http/health.ts";
import { createServer } from "./http/server.ts";
import type { Clock } from "./kernel/clock.ts";
import { today } from "./kernel/dates.ts";
import { StartupError } from "./kernel/errors.ts";
import type { Room } from "./operation/operation.ts";
import { WhomToContactResolver } from "./pathway/whom-to-contact.resolver.ts";
import { createWhomToContactService } from "./pathway/whom-to-contact.service.ts";
import type { Database } from "./persistence/database.ts";
import { ReferralResolver } from "./referrals/referral.resolver.ts";
import { createReferralService } from "./referrals/referral.service.ts";
import { StatementResolver } from "./statements/statement.resolver.ts";
import { createStatementService } from "./statements/statement.service.ts";

export interface HubParts {
  database: Database;
  sources: readonly CaseSource[];
  issuer: IssuerConfig;
  clock: Clock;
  formsFolder: string;
  production: boolean;
  logLevel: string;
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
  const logger = pino({ level: parts.logLevel });
  const room: Room = { clock, fork: (caller) => database.forkFor(sessionOf(caller, today(clock))) };
  const catalogue = await loadForms(parts.formsFolder);

  const cases = createCaseService(room, parts.sources);
  const documents = createDocumentService(room, { cases, catalogue });
  const schema = createSchema([
    new CaseResolver(cases, createCaseEntryService(room, parts.sources)),
    new CaseRecordResolver(createCaseRecordService(room, cases)),
    new ContactResolver(createContactService(room)),
    new StatementResolver(createStatementService(room, cases)),
    new DocumentResolver(documents),
    new ReferralResolver(createReferralService(room, cases)),
    new WhomToContactResolver(createWhomToContactService(room, cases)),
  ]);

  const authenticate = createAuthenticator(parts.issuer, clock);
  const app = createServer(logger);
  registerHealth(app, () => database.isAlive());
  registerDocuments(app, (request) => callerOfRequest(request, authenticate), documents);
  if (!production) registerGraphiql(app, { graphqlPath: GRAPHQL_PATH, defaultQuery: parts.defaultQuery ?? "" });
  const stopGraphql = await serveGraphql(app, { schema, authenticate, production, logger });

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
    },
  };
}

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
