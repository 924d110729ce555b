import type { FactGroup } from "../../cases/case.ts";
import type { Read } from "../source.ts";
import { readWire, requireSamePerson } from "../transport/read-wire.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { type XRoadService, callXRoad } from "../transport/xroad-rest.ts";
import { fromCounties } from "./to-domain.ts";
import { countyWire } from "./wire.ts";

const PARTS: Partial<Record<FactGroup, string>> = {
  person: "asiakas",
  family: "lapset",
  social: "asiakkuudet",
  matters: "vireilla",
};

export const readCounties =
  (service: XRoadService): Read =>
  async (request, signal) => {
    const tietoryhmat = request.groups.flatMap((group) => PARTS[group] ?? []);
    const alueet = request.register === undefined ? undefined : [request.register];
    const body = { hetu: request.hetu, tietoryhmat, alueet };
    const answer = await callXRoad(service, { path: "asiakas/haku", body, request, signal });
    // The registers say "not known" by an empty list; a 404 is a wrong address.
    if (answer.status === 404) throw new SourceFault("MALFORMED", "404 that is not about the person");
    const { rekisterit } = readWire(countyWire, answer.text);
    const asked = rekisterit.filter((register) => !alueet || alueet.includes(register.alue));
    for (const register of asked) {
      requireSamePerson(register.hetu, request.hetu);
      if (register.asiakas) requireSamePerson(register.asiakas.hetu, request.hetu);
    }
    return fromCounties(asked, request.groups);
  };
