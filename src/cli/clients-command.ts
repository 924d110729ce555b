import { Command } from "commander";
import type { EntityManager } from "@mikro-orm/postgresql";
import type * as clientRepository from "../access/client.repository.ts";
import type { Client } from "../access/client.ts";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";
import { InvalidInput, StartupError } from "../kernel/errors.ts";
import { looksLikeIdentityCode } from "../kernel/hetu.ts";
import { wholeNumber } from "./whole-number.ts";

const MOST_POINTS = 1_000_000_000;

interface Registration {
  name: string;
  partner?: boolean;
  introspect?: boolean;
  onlyTrusted?: boolean;
  anyOperation?: boolean;
  points?: number;
}

export function clientsCommand(): Command {
  const clients = new Command("clients").description(
    "The applications that may speak to the hub; a change is felt by every running process within seconds",
  );
  clients
    .command("list")
    .description("List them")
    .option("--json", "print as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const all = await withClients((em, { listClients }) => listClients(em));
      if (json) process.stdout.write(`${JSON.stringify(all)}\n`);
      else if (all.length === 0) process.stdout.write("No application is registered.\n");
      else process.stdout.write(all.map(lineOf).join(""));
    });
  clients
    .command("register <id>")
    .description("Let an application speak: its OAuth client_id, or its X-Road client identifier")
    .requiredOption("--name <name>", "what it is called, for people")
    .option("--partner", "its users' tokens count only beside its own (nivel-on-behalf-of)")
    .option("--introspect", "it may ask for the schema")
    .option("--only-trusted", "it may send only operations registered beforehand, however the hub is set")
    .option("--any-operation", "it may send any operation, however the hub is set")
    .option("--points <number>", "cost points a minute, instead of NIVEL_RATE_POINTS_PER_MINUTE", points)
    .option("--json", "print the result as JSON")
    .action(async (id: string, options: Registration & { json?: boolean }) => {
      const client = registered(id, options);
      await withClients((em, { registerClient }) => registerClient(em, client));
      told(options.json, id, "registered");
    });
  changing(clients, "suspend", "Refuse everything of it, also by tokens that are still valid", () => ({
    suspendedAt: systemClock.now(),
  }));
  changing(clients, "resume", "Let a suspended one speak again", () => ({ suspendedAt: null }));
  changing(clients, "allow-introspection", "Let it ask for the schema", () => ({ mayIntrospect: true }));
  changing(clients, "deny-introspection", "Tell it nothing of the schema", () => ({ mayIntrospect: false }));
  return clients;
}

function points(text: string): number {
  const value = wholeNumber(MOST_POINTS)(text);
  if (value === 0)
    throw new InvalidInput('Points are at least 1; to refuse an application, use "nivel clients suspend".');
  return value;
}

function registered(id: string, options: Registration): Client {
  if (!/^[\w.:@/-]{1,200}$/.test(id) || looksLikeIdentityCode(id)) {
    throw new InvalidInput("A client's id is its OAuth client_id or X-Road identifier, without spaces.");
  }
  if (options.onlyTrusted && options.anyOperation) {
    throw new InvalidInput("Give one of --only-trusted and --any-operation, or neither.");
  }
  return {
    id,
    name: options.name,
    registeredAt: systemClock.now(),
    suspendedAt: null,
    mayIntrospect: options.introspect ?? false,
    onlyTrusted: options.onlyTrusted ? true : options.anyOperation ? false : null,
    partner: options.partner ?? false,
    pointsPerMinute: options.points ?? null,
  };
}

function changing(clients: Command, verb: string, description: string, change: () => Partial<Client>): void {
  clients
    .command(`${verb} <id>`)
    .description(description)
    .option("--json", "print the result as JSON")
    .action(async (id: string, { json }: { json?: boolean }) => {
      await withClients((em, { changeClient }) => changeClient(em, id, change()));
      told(json, id, verb);
    });
}

async function withClients<T>(use: (em: EntityManager, repository: typeof clientRepository) => Promise<T>): Promise<T> {
  const { withDatabase } = await import("./with-database.ts");
  const repository = await import("../access/client.repository.ts");
  return withDatabase(readConfig(), async (database) => {
    if ((await database.pending()).length > 0)
      throw new StartupError("The database is not up to date. Run: nivel migrate");
    return use(database.fork(), repository);
  });
}

const told = (json: boolean | undefined, id: string, done: string): boolean =>
  process.stdout.write(json ? `${JSON.stringify({ id, done })}\n` : `${id}: ${done}\n`);

function lineOf(client: Client): string {
  const marks = [
    client.suspendedAt ? "SUSPENDED" : "may speak",
    client.partner && "partner",
    client.mayIntrospect && "introspects",
    client.onlyTrusted !== null && (client.onlyTrusted ? "only trusted" : "any operation"),
    client.pointsPerMinute !== null && `${String(client.pointsPerMinute)} points/min`,
  ].filter((mark) => mark !== false);
  return `${client.id}  ${client.name}  ${marks.join(", ")}\n`;
}
