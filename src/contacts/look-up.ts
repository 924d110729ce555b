import type { LocalizedText } from "../kernel/text.ts";
import type { LookUp, Receiver } from "./contact-answer.ts";
import type { Municipality } from "./directory-data.ts";
import type { Organisation, Reference } from "./reference.ts";

/** The service data bank of public administration (Palvelutietovaranto), open without credentials. */
const PTV = "https://api.palvelutietovaranto.suomi.fi/api/v11";

const PTV_NAME: LocalizedText = {
  fi: "Palvelutietovaranto (PTV)",
  sv: "Servicedatalagret (SDL)",
  en: "Finnish Service Catalogue (PTV)",
};

const ofPtv = (path: string): LookUp => ({ name: PTV_NAME, url: `${PTV}/${path}` });

/** The web pages of the manual, where an authority's own contact details are kept. */
const OWN_PAGES: Partial<Record<Organisation["kind"], LookUp>> = {
  PRISON: {
    name: { fi: "Rikosseuraamuslaitos", sv: "Brottspåföljdsmyndigheten", en: "Prison service" },
    url: "https://rikosseuraamus.fi",
  },
  PRISON_CLINIC: {
    name: {
      fi: "Vankiterveydenhuollon poliklinikoiden yhteystiedot",
      sv: "Kontaktuppgifter till poliklinikerna för fångarnas hälso- och sjukvård",
      en: "Contact details of the prison clinics",
    },
    url: "https://vth.fi/poliklinikat/poliklinikoiden-yhteystiedot",
  },
  KELA: { name: { fi: "Kela", sv: "FPA", en: "Kela" }, url: "https://kela.fi" },
};

const CENTRAL_FINLAND: LookUp = {
  name: {
    fi: "Keski-Suomen hyvinvointialue",
    sv: "Mellersta Finlands välfärdsområde",
    en: "Wellbeing services county of Central Finland",
  },
  url: "https://hyvaks.fi",
};

/** Where a receiver's present contact details can be looked up, since none is invented. */
export function lookUpsOf(from: Reference, receiver: Receiver, municipality: Municipality | undefined): LookUp[] {
  const organisation = from.organisations.get(receiver.code)!;
  const own = OWN_PAGES[organisation.kind];
  if (own) return [own];
  if (organisation.businessId !== null) {
    const pages = organisation.code === "county-15" ? [CENTRAL_FINLAND] : [];
    return [...pages, ofPtv(`Organization/businesscode/${organisation.businessId}`)];
  }
  return municipality ? [ofPtv(`ServiceChannel/list/area/Municipality/code/${municipality.code}?page=1`)] : [];
}
