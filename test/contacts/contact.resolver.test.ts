import { graphql } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { describe, expect, it } from "vitest";
import { ContactResolver } from "../../src/contacts/contact.resolver.ts";
import { createContactService } from "../../src/contacts/contact.service.ts";
import { importDirectory } from "../../src/contacts/contact.import.ts";
import { undeclared } from "../../src/graphql/declared.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import type { RequestContext } from "../../src/operation/request-context.ts";
import { testDatabase } from "../support/database.ts";

const clock = fixedClock("2026-11-23T09:00:00+02:00");
const build = (contacts: ContactResolver | undefined) =>
  buildSchemaSync({ resolvers: [ContactResolver], container: { get: () => contacts }, validate: false });

const neverAsked = () => {
  throw new Error("the database must not be asked");
};

const asPrisonWorker: RequestContext = {
  caller: {
    id: "test" as never,
    role: "PRISON_WORKER",
    name: "Testi Esimerkki",
    authority: "RISE",
    unit: "jyvaskylan-vankila",
    client: "test",
    socialDataRight: false,
    stewardOf: [],
    hetu: null,
    purpose: null,
  },
  requestId: "7c0e3bb8-6a4e-4a4c-9a60-0d5a2f1c6a11",
  sandbox: undefined,
};

describe("the published directory", () => {
  it("declares of every type what it discloses", () => {
    expect(undeclared(build(undefined))).toEqual([]);
  });

  it("answers whom to contact, with the municipality's two receivers, through GraphQL", async () => {
    const database = await testDatabase();
    await importDirectory(database.fork(), clock);
    const schema = build(new ContactResolver(createContactService({ clock, fork: () => database.fork() })));
    const source = `{
      municipality(codeOrName: "jyväskylä") { code languageStatus countyReceiver { code } employmentReceiver { code } }
      counties { code readiness { status } }
      riseUnits { code clinic { code } }
      employmentAreas { code counties }
      contactPoints(first: 2, filter: { organisation: "kela" }) { edges { node { value verification } } pageInfo { hasNextPage } }
      whomToContact(municipality: "179", situation: NO_CLIENT_RELATIONSHIP, phase: PREPARATION) {
        steps { code receiverStatus receiver { name { sv } } instruction { fi sv en } preferredChannel include { code }
          contacts { role system displayValue verification } citation { source evidence checkedOn } missing { fi } lookUp { url } }
      }
    }`;
    const { data, errors } = await graphql({ schema, source, contextValue: asPrisonWorker });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      municipality: {
        code: "179",
        languageStatus: "FINNISH",
        countyReceiver: { code: "county-15" },
        employmentReceiver: { code: "employment-area-09" },
      },
      contactPoints: { edges: [{}, {}], pageInfo: { hasNextPage: false } },
      whomToContact: {
        steps: [{ code: "P2", receiverStatus: "FOUND", contacts: [{ role: "NAMED_CHANNEL" }, {}, {}, {}] }, {}],
      },
    });
  });

  it("refuses a request without a caller", async () => {
    const { errors } = await graphql({
      schema: build(new ContactResolver(createContactService({ clock, fork: neverAsked }))),
      source: "{ counties { code } }",
      contextValue: { caller: undefined, sandbox: undefined },
    });
    expect(errors![0]!.message).toContain("access token");
  });
});
