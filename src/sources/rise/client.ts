import type { FactGroup } from "../../cases/case.ts";
import type { Read } from "../source.ts";
import { parseJson, readWire, requireSamePerson } from "../transport/read-wire.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { type XRoadService, callXRoad } from "../transport/xroad-rest.ts";
import { fromRise } from "./to-domain.ts";
import { riseUnknownWire, riseWire } from "./wire.ts";

/** Which parts of the register answer which groups. */
const PARTS: Partial<Record<FactGroup, string>> = {
  person: "henkilo",
  sentence: "seuraamus",
  placement: "sijoitus",
  plan: "suunnitelma",
  economy: "talous",
  family: "huollettavat",
  matters: "asiat",
};

export const readRise =
  (service: XRoadService): Read =>
  async (request, signal) => {
    const tietoryhmat = request.groups.flatMap((group) => PARTS[group] ?? []);
    const body = { henkilotunnus: request.hetu, tietoryhmat };
    const answer = await callXRoad(service, { path: "henkilo/haku", body, request, signal });
    if (answer.status === 404) {
      if (riseUnknownWire.safeParse(parseJson(answer.text)).success)
        return { asOf: null, facts: undefined, servedBy: [] };
      throw new SourceFault("MALFORMED", "404 that is not about the person");
    }
    const wire = readWire(riseWire, answer.text);
    requireSamePerson(wire.henkilotunnus, request.hetu);
    if (wire.henkilo) requireSamePerson(wire.henkilo.henkilotunnus, request.hetu);
    return fromRise(wire, request.groups);
  };
