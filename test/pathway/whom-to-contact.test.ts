import { describe, expect, it } from "vitest";
import { PHASES, SITUATIONS } from "../../src/contacts/contact.ts";
import { printedDirectory } from "../../src/contacts/directory.ts";
import { type OwnWorker, type WhomToContactQuery, whomToContactFor } from "../../src/pathway/whom-to-contact.ts";

const directory = printedDirectory();
const worker: OwnWorker = {
  countyCode: "15",
  service: "ADULT_SOCIAL_WORK",
  name: "Outi Mallisaari",
  phone: "+358501234567",
};
const query: WhomToContactQuery = {
  homeMunicipality: { status: "KNOWN", code: "179" },
  prisonUnit: "jyvaskylan-vankila",
  situation: "EXISTING_CLIENT_RELATIONSHIP",
  phase: "PREPARATION",
  ownWorkers: [],
  now: new Date("2026-11-23T09:00:00+02:00"),
  directory,
};
const contactsOf = (changes: Partial<WhomToContactQuery>) =>
  whomToContactFor({ ...query, ...changes }).steps[0]!.contacts;

describe("whom to contact about a person", () => {
  it("names the own worker first, then the area's channel, then its registry", () => {
    const contacts = contactsOf({ ownWorkers: [worker] });
    expect(contacts.map((contact) => contact.role)).toEqual([
      "OWN_WORKER",
      "NAMED_CHANNEL",
      "NAMED_CHANNEL",
      "REGISTRY",
    ]);
    expect(contacts[0]).toMatchObject({ name: { fi: "Outi Mallisaari" }, displayValue: "050 123 4567" });
  });

  it("D5: adds nothing but the own worker: without one the answer is byte-equal", () => {
    for (const situation of SITUATIONS) {
      for (const phase of PHASES) {
        const without = whomToContactFor({ ...query, situation, phase });
        const withOne = whomToContactFor({ ...query, situation, phase, ownWorkers: [worker] });
        const strippedSteps = withOne.steps.map((step) => ({
          ...step,
          contacts: step.contacts.filter((contact) => contact.role !== "OWN_WORKER"),
        }));
        expect(JSON.stringify({ ...withOne, steps: strippedSteps })).toBe(JSON.stringify(without));
        expect(JSON.stringify(without)).not.toContain("Mallisaari");
      }
    }
  });

  it("names no worker of another county than the receiver", () => {
    expect(JSON.stringify(contactsOf({ ownWorkers: [{ ...worker, countyCode: "19" }] }))).toBe(
      JSON.stringify(contactsOf({})),
    );
  });

  it("D7: names child protection's worker in child protection alone, and adult services' worker never there", () => {
    const child = { ...worker, service: "CHILD_PROTECTION", name: "Liisa Esimerkkiranta" };
    const both = { ownWorkers: [worker, child] };
    expect(JSON.stringify(contactsOf(both))).not.toContain("Liisa");
    const inChildProtection = JSON.stringify(whomToContactFor({ ...query, ...both, situation: "CHILD_PROTECTION" }));
    expect(inChildProtection).toContain("Liisa");
    expect(inChildProtection).not.toContain("Mallisaari");
  });

  it("D7: names no worker where no own worker is to be contacted", () => {
    for (const situation of ["INFORMATION_REQUEST", "CRISIS", "EMPLOYMENT_GENERAL", "EXECUTIVE_ASSISTANCE"] as const) {
      expect(JSON.stringify(whomToContactFor({ ...query, situation, ownWorkers: [worker] }))).not.toContain(
        "Mallisaari",
      );
    }
  });
});

describe("whom to contact when the home municipality is not settled", () => {
  const unsettled = ["UNKNOWN", "FAILED", "CONFLICT", "WITHHELD"] as const;

  it.each(unsettled)("D15: %s has no county and no employment area, says so, and names no worker", (status) => {
    for (const situation of ["NO_CLIENT_RELATIONSHIP", "SUPPLEMENTARY_ASSISTANCE", "EMPLOYMENT_GENERAL"] as const) {
      const answer = whomToContactFor({
        ...query,
        situation,
        homeMunicipality: { status, code: null },
        ownWorkers: [worker],
      });
      for (const step of answer.steps) {
        expect(step).toMatchObject({
          receiverStatus: `HOME_MUNICIPALITY_${status}`,
          receiver: null,
          contacts: [],
          lookUp: [],
          missing: [],
        });
        expect(step.withoutReceiver!.fi).not.toBe("");
      }
    }
  });

  it("D15: none, unknown and failed are three different answers", () => {
    const statuses = (["NONE", "UNKNOWN", "FAILED"] as const).map((status) =>
      JSON.stringify(whomToContactFor({ ...query, homeMunicipality: { status, code: null } })),
    );
    expect(new Set(statuses).size).toBe(3);
  });

  it("D6: a withheld municipality reveals nothing, whatever it is and whoever serves there", () => {
    const answers = ["179", "564", "478", null].map((code) =>
      JSON.stringify(
        whomToContactFor({ ...query, homeMunicipality: { status: "WITHHELD", code }, ownWorkers: [worker] }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
  });

  it("D4: what does not depend on the municipality is still answered: the prison's clinic", () => {
    const answer = whomToContactFor({
      ...query,
      situation: "SUBSTITUTION_TREATMENT",
      homeMunicipality: { status: "FAILED", code: null },
    });
    expect(answer.steps[0]!.receiver!.code).toBe("vth-jyvaskylan-vankila");
  });

  it("D12: in a crisis 112 needs no receiver", () => {
    const [step] = whomToContactFor({
      ...query,
      situation: "CRISIS",
      homeMunicipality: { status: "FAILED", code: null },
    }).steps;
    expect(step!.receiver).toBeNull();
    expect(step!.contacts.map((contact) => contact.value)).toEqual(["112"]);
  });

  it("says of a municipality that the directory does not have that it does not have it", () => {
    const [step] = whomToContactFor({ ...query, homeMunicipality: { status: "KNOWN", code: "999" } }).steps;
    expect(step).toMatchObject({ receiverStatus: "HOME_MUNICIPALITY_NOT_IN_DIRECTORY", receiver: null, contacts: [] });
  });
});
