import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { GraphQLSchema } from "graphql";
import { readConfig } from "../config.ts";
import type { TrustedDocument } from "../graphql/trusted-document.ts";
import { systemClock } from "../kernel/clock.ts";
import { StartupError } from "../kernel/errors.ts";

const FOLDER = resolve(import.meta.dirname, "../../schema/operations");
const MANIFEST = resolve(import.meta.dirname, "../../schema/trusted-documents.json");
const CURE = "Run: npm run nivel -- operations build";

export function operationsCommand(): Command {
  const operations = new Command("operations").description("The operations that clients may send (trusted documents)");
  operations
    .command("build")
    .description("Write the identifiers of schema/operations/*.graphql to schema/trusted-documents.json")
    .action(async () => writeFile(MANIFEST, await printedManifest()));
  operations
    .command("check")
    .description("Fail when schema/trusted-documents.json is not what `operations build` would write")
    .action(async () => {
      const committed = await readFile(MANIFEST, "utf8").catch(() => "");
      if (committed !== (await printedManifest()))
        throw new StartupError(`schema/trusted-documents.json is out of date. ${CURE}`);
      process.stdout.write("Every trusted document is listed, fits the schema and keeps within the limits.\n");
    });
  operations
    .command("list")
    .description("List the trusted documents: the hub's own, then those of each client")
    .option("--client <id>", "only those that this client may send beside the hub's own")
    .action(async ({ client }: { client?: string }) => {
      const { readManifest } = await import("../graphql/trusted-document.ts");
      const { listRegistered } = await import("../access/trusted-document.repository.ts");
      const registered = await withRegister((em) => listRegistered(em, client));
      const own = client === undefined ? [...readManifest().values()] : [];
      for (const { hash, name } of own) process.stdout.write(`sha256:${hash}  ${name}\n`);
      for (const document of registered)
        process.stdout.write(`sha256:${document.hash}  ${document.name}  ${document.client}\n`);
    });
  operations
    .command("register")
    .description("Let one client send the operations of a file")
    .requiredOption("--client <id>", "the client's id")
    .argument("<file>", "GraphQL document; each operation with the fragments it uses becomes one trusted document")
    .action(async (file: string, { client }: { client: string }) => {
      const text = await readFile(file, "utf8").catch(() => {
        throw new StartupError("The file cannot be read.");
      });
      const documents = await documentsOf(text, await emptySchema());
      const { registerDocuments } = await import("../access/trusted-document.repository.ts");
      const registeredAt = systemClock.now();
      await withRegister((em) =>
        registerDocuments(
          em,
          documents.map((document) => ({ ...document, client, registeredAt })),
        ),
      );
      for (const { hash, name } of documents) process.stdout.write(`sha256:${hash}  ${name}  ${client}\n`);
    });
  operations
    .command("remove")
    .description("Take a document back from a client; felt by the next request")
    .requiredOption("--client <id>", "the client's id")
    .argument("<id>", "sha256:…, as listed")
    .action(async (id: string, { client }: { client: string }) => {
      const { removeRegistered } = await import("../access/trusted-document.repository.ts");
      await withRegister((em) => removeRegistered(em, client, id.replace(/^sha256:/, "")));
    });
  return operations;
}

async function withRegister<T>(use: (em: EntityManager) => Promise<T>): Promise<T> {
  const { withDatabase } = await import("./with-database.ts");
  return withDatabase(readConfig(), async (database) => {
    if ((await database.pending()).length > 0)
      throw new StartupError("The database is not up to date. Run: nivel migrate");
    return use(database.fork());
  });
}

async function emptySchema(): Promise<GraphQLSchema> {
  const { createSchema } = await import("../graphql/schema.ts");
  return createSchema([]);
}

async function printedManifest(): Promise<string> {
  const { printManifest } = await import("../graphql/trusted-document.ts");
  const schema = await emptySchema();
  const documents: TrustedDocument[] = [];
  for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith(".graphql")).sort()) {
    documents.push(...(await documentsOf(await readFile(join(FOLDER, file), "utf8"), schema)));
  }
  return printManifest(documents);
}

/**
 * Every operation of the text with the fragments that it uses.
 * @throws StartupError when one has no name, does not fit the schema, or is larger than the limits
 */
async function documentsOf(text: string, schema: GraphQLSchema): Promise<TrustedDocument[]> {
  const { parse, separateOperations, validate } = await import("graphql");
  const { trustedDocument } = await import("../graphql/trusted-document.ts");
  const { readWithinLimits } = await import("../graphql/limits.ts");
  const parsed = (() => {
    try {
      return parse(text);
    } catch {
      throw new StartupError("The file is not a GraphQL document.");
    }
  })();
  return Object.values(separateOperations(parsed)).map((document) => {
    const trusted = trustedDocument(document);
    if (trusted.name === "") throw new StartupError("Every operation of a trusted document needs a name.");
    const [wrong] = validate(schema, document);
    if (wrong) throw new StartupError(`The operation ${trusted.name} does not fit the schema: ${wrong.message}`);
    readWithinLimits(trusted.text);
    return trusted;
  });
}
