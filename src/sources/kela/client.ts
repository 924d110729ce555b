import type { FactGroup } from "../../cases/case.ts";
import type { Read } from "../source.ts";
import { parseJson, readWire, requireSamePerson } from "../transport/read-wire.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { type XRoadService, callXRoad } from "../transport/xroad-rest.ts";
import { fromKela } from "./to-domain.ts";
import { kelaUnknownWire, kelaWire } from "./wire.ts";

const PARTS: Partial<Record<FactGroup, readonly string[]>> = {
  person: ["asiakas"],
  economy: ["maksutili"],
  benefits: ["etuudet", "perustoimeentulotuki", "vireilla"],
};

export const readKela =
  (service: XRoadService): Read =>
  async (request, signal) => {
    const tietoryhmat = request.groups.flatMap((group) => PARTS[group] ?? []);
    const body = { hetu: request.hetu, tietoryhmat };
    const answer = await callXRoad(service, { path: "etuudet/kysely", body, request, signal });
    if (answer.status === 404) {
      if (kelaUnknownWire.safeParse(parseJson(answer.text)).success)
        return { asOf: null, facts: undefined, servedBy: [] };
      throw new SourceFault("MALFORMED", "404 that is not about the person");
    }
    const wire = readWire(kelaWire, answer.text);
    requireSamePerson(wire.hetu, request.hetu);
    if (wire.asiakas) requireSamePerson(wire.asiakas.hetu, request.hetu);
    return fromKela(wire, request.groups);
  };
