import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { type NonEmptyArray, buildSchemaSync } from "type-graphql";
import { CaseRecordResolver } from "../cases/case-record.resolver.ts";
import { CaseResolver } from "../cases/case.resolver.ts";
import { ConsentResolver } from "../cases/consent.resolver.ts";
import { LegalBasisResolver } from "../cases/legal-basis.resolver.ts";
import { PermitResolver } from "../cases/permit.resolver.ts";
import { TransferResolver } from "../cases/transfer.resolver.ts";
import { ExplainResolver } from "../cases/explain.resolver.ts";
import { ContactResolver } from "../contacts/contact.resolver.ts";
import { DocumentResolver } from "../forms/document.resolver.ts";
import { WhomToContactResolver } from "../pathway/whom-to-contact.resolver.ts";
import { ReferralResolver } from "../referrals/referral.resolver.ts";
import { RightsResolver } from "../rights/rights.resolver.ts";
import { StatementResolver } from "../statements/statement.resolver.ts";
import { publishPrices } from "./cost.ts";
import { assertEverythingDeclared } from "./declared.ts";

type ResolverClass = abstract new (...services: never[]) => object;

/** Every resolver of the hub; a capability publishes nothing until it stands here. */
export const RESOLVERS = [
  CaseResolver,
  CaseRecordResolver,
  ConsentResolver,
  PermitResolver,
  LegalBasisResolver,
  ExplainResolver,
  TransferResolver,
  ContactResolver,
  StatementResolver,
  DocumentResolver,
  ReferralResolver,
  WhomToContactResolver,
  RightsResolver,
] as const;

/**
 * Builds the schema over the given resolver instances.
 * @throws Error when a published type does not declare its disclosure
 */
export function createSchema(instances: readonly object[]): GraphQLSchema {
  const byClass = new Map(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...RESOLVERS] as unknown as NonEmptyArray<ResolverClass & (new () => object)>,
    // type-graphql types the class as `any`.
    container: { get: (resolver: ResolverClass) => byClass.get(resolver) as object },
    validate: false,
  });
  assertEverythingDeclared(schema);
  publishPrices(schema);
  return schema;
}

/** The published schema as text, in a stable order: the file `schema/hub.graphql`. */
export const printHubSchema = (schema: GraphQLSchema): string =>
  `# Printed by "npm run nivel -- schema"; never edited by hand.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
