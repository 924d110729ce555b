import type { LocalizedText } from "../kernel/text.ts";

/**
 * What one operation means to the person.
 * - `LOOKED_AT`: only read; it is a `RECEIVED` when the data came from another authority's register
 * - `CHANGED`: something was written into the person's case
 * - `SENT`: something went out in the person's name
 * - `TOOK_IN`: what was sent was taken in or answered
 */
export type OperationKind = "LOOKED_AT" | "CHANGED" | "SENT" | "TOOK_IN";

export interface OperationText {
  kind: OperationKind;
  /** Continues "<who> …". */
  did: LocalizedText;
  /** An event of it without any data is only a try, and no act of which to tell. */
  onlyWithData?: true;
  /** An event of it without a receiver is only what the sender saw of it. */
  onlyWithReceiver?: true;
}

/** Every operation that touches a person, by the name under which it is on record. */
export const OPERATION_TEXTS: Readonly<Record<string, OperationText>> = {
  getCase: {
    kind: "LOOKED_AT",
    did: { fi: "katsoi tietojasi", sv: "tittade på dina uppgifter", en: "looked at your data" },
  },
  listCases: {
    kind: "LOOKED_AT",
    did: {
      fi: "näki sinut asiakkaittensa luettelossa",
      sv: "såg dig i förteckningen över sina klienter",
      en: "saw you in the list of their clients",
    },
  },
  whomToContact: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi, keneen asiassasi otetaan yhteyttä",
      sv: "tog reda på vem som ska kontaktas i ditt ärende",
      en: "looked up whom to contact in your case",
    },
  },
  listConsents: {
    kind: "LOOKED_AT",
    did: { fi: "katsoi suostumuksiasi", sv: "tittade på dina samtycken", en: "looked at your consents" },
  },
  listContacts: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi muistiinpanoja yhteydenotoista asiassasi",
      sv: "tittade på anteckningar om kontakter i ditt ärende",
      en: "looked at notes of contacts in your case",
    },
  },
  listStatements: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi sinusta kirjoitettuja lausuntoja",
      sv: "tittade på utlåtanden om dig",
      en: "looked at statements about you",
    },
  },
  listDocuments: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi luetteloa asiakirjoistasi",
      sv: "tittade på förteckningen över dina handlingar",
      en: "looked at the list of your documents",
    },
  },
  readDocument: {
    kind: "LOOKED_AT",
    did: { fi: "avasi asiakirjasi", sv: "öppnade din handling", en: "opened your document" },
    onlyWithData: true,
  },
  listReferrals: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi, mitä asiassasi on lähetetty",
      sv: "tittade på vad som har sänts i ditt ärende",
      en: "looked at what has been sent in your case",
    },
  },
  listReceived: {
    kind: "LOOKED_AT",
    did: {
      fi: "näki hakemuksesi saapuneiden hakemusten luettelossa",
      sv: "såg din ansökan i förteckningen över inkomna ansökningar",
      en: "saw your application in the list of received applications",
    },
    onlyWithData: true,
  },
  openCase: {
    kind: "CHANGED",
    did: { fi: "avasi asiasi palvelussa", sv: "öppnade ditt ärende i tjänsten", en: "opened your case in the service" },
  },
  recordFact: {
    kind: "CHANGED",
    did: { fi: "kirjasi sinusta tiedon", sv: "antecknade en uppgift om dig", en: "recorded a fact about you" },
  },
  recordContact: {
    kind: "CHANGED",
    did: {
      fi: "kirjasi yhteydenoton asiassasi",
      sv: "antecknade en kontakt i ditt ärende",
      en: "recorded a contact in your case",
    },
  },
  recordConsent: {
    kind: "CHANGED",
    did: {
      fi: "kirjasi suostumuksesi tai kieltosi",
      sv: "antecknade ditt samtycke eller förbud",
      en: "recorded your consent or refusal",
    },
  },
  withdrawConsent: {
    kind: "CHANGED",
    did: {
      fi: "kirjasi, että peruit suostumuksesi",
      sv: "antecknade att du återkallade ditt samtycke",
      en: "recorded that you withdrew your consent",
    },
  },
  writeStatement: {
    kind: "CHANGED",
    did: { fi: "kirjoitti sinusta lausunnon", sv: "skrev ett utlåtande om dig", en: "wrote a statement about you" },
    onlyWithData: true,
  },
  recordAgreement: {
    kind: "CHANGED",
    did: {
      fi: "kirjasi, mitä mieltä olet lausunnosta",
      sv: "antecknade vad du anser om utlåtandet",
      en: "recorded what you think of the statement",
    },
    onlyWithData: true,
  },
  signStatement: {
    kind: "CHANGED",
    did: {
      fi: "allekirjoitti sinusta kirjoitetun lausunnon",
      sv: "undertecknade utlåtandet om dig",
      en: "signed the statement about you",
    },
    onlyWithData: true,
  },
  formDraft: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi, mitä hakemukseesi tulisi",
      sv: "tittade på vad som skulle ingå i din ansökan",
      en: "looked at what your application would hold",
    },
  },
  generateDocument: {
    kind: "CHANGED",
    did: {
      fi: "teki hakemuksestasi asiakirjan",
      sv: "gjorde en handling av din ansökan",
      en: "made a document of your application",
    },
    onlyWithData: true,
  },
  submitApplication: {
    kind: "SENT",
    did: { fi: "lähetti hakemuksesi", sv: "sände din ansökan", en: "sent your application" },
    onlyWithReceiver: true,
  },
  receiveReferral: {
    kind: "TOOK_IN",
    did: { fi: "otti hakemuksesi vastaan", sv: "tog emot din ansökan", en: "took in your application" },
    onlyWithData: true,
  },
  acceptReferral: {
    kind: "TOOK_IN",
    did: {
      fi: "otti hakemuksesi käsiteltäväksi ja nimesi sinulle työntekijän",
      sv: "tog din ansökan till behandling och utsåg en arbetstagare för dig",
      en: "took up your application and named a worker for you",
    },
    onlyWithData: true,
  },
  explainDisclosure: {
    kind: "LOOKED_AT",
    did: {
      fi: "selvitti, mitä tietojasi saisi katsoa",
      sv: "tog reda på vilka av dina uppgifter som får ses",
      en: "found out which of your data may be seen",
    },
    onlyWithData: true,
  },
  requestInformation: {
    kind: "CHANGED",
    did: {
      fi: "pyysi tietojasi toiselta viranomaiselta",
      sv: "bad en annan myndighet om dina uppgifter",
      en: "asked another authority for your data",
    },
  },
  answerInformationRequest: {
    kind: "CHANGED",
    did: {
      fi: "vastasi toisen viranomaisen pyyntöön, joka koskee tietojasi",
      sv: "svarade på en annan myndighets begäran om dina uppgifter",
      en: "answered another authority's request for your data",
    },
  },
  listInformationRequests: {
    kind: "LOOKED_AT",
    did: {
      fi: "katsoi viranomaisten pyyntöjä, jotka koskevat tietojasi",
      sv: "tittade på myndigheternas begäranden om dina uppgifter",
      en: "looked at the authorities' requests for your data",
    },
  },
  notifyByStatute: {
    kind: "SENT",
    did: {
      fi: "teki sinusta lakiin perustuvan ilmoituksen",
      sv: "gjorde en lagstadgad anmälan om dig",
      en: "made a statutory notification about you",
    },
  },
  transferCase: {
    kind: "CHANGED",
    did: {
      fi: "siirsi asiasi toiseen yksikköön",
      sv: "överförde ditt ärende till en annan enhet",
      en: "moved your case to another unit",
    },
  },
  settleRemit: {
    kind: "CHANGED",
    did: {
      fi: "päivitti, mikä yksikkö vastaa asiastasi",
      sv: "uppdaterade vilken enhet som ansvarar för ditt ärende",
      en: "updated which unit is responsible for your case",
    },
  },
  myTrace: {
    kind: "LOOKED_AT",
    did: { fi: "katsoi lokitietojasi", sv: "tittade på din logg", en: "looked at your log" },
  },
  logExtract: {
    kind: "LOOKED_AT",
    did: { fi: "otti lokiotteen", sv: "tog ut ett loggutdrag", en: "took a log extract" },
  },
  retention: {
    kind: "CHANGED",
    did: {
      fi: "poisti sinua koskevia tietoja, koska niiden säilytysaika oli päättynyt",
      sv: "raderade uppgifter om dig, eftersom deras förvaringstid hade gått ut",
      en: "erased data about you, because the time for keeping it had ended",
    },
  },
  subjectAccess: {
    kind: "LOOKED_AT",
    did: {
      fi: "kokosi tietosi ja lokitietosi tietopyyntöä varten",
      sv: "sammanställde dina uppgifter och loggar för en begäran",
      en: "gathered your data and logs for an access request",
    },
  },
};

/** An operation that changed nothing, for a reason, and from which the one who asked saw data all the same. */
export const CHANGED_NOTHING: OperationText = {
  kind: "LOOKED_AT",
  did: {
    fi: "näki tietojasi, kun yritti tehdä niihin muutoksen; mitään ei muutettu",
    sv: "såg dina uppgifter vid ett försök att ändra dem; ingenting ändrades",
    en: "saw your data while trying to change it; nothing was changed",
  },
};

/** An operation that has no words yet: told, in the most general way. The test keeps it from happening. */
export const UNNAMED_OPERATION: OperationText = {
  kind: "LOOKED_AT",
  did: { fi: "käsitteli tietojasi", sv: "behandlade dina uppgifter", en: "handled your data" },
};
