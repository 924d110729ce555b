/**
 * What is dearer, or longer, than a field usually is; by type and field. Everything else: an object 1 point, a leaf, the
 * structure of a page and the provenance of a fact nothing. Written into the schema's descriptions, and start-up refuses
 * a name that the schema does not have.
 */
export interface FieldPrice {
  /** Points, each time the field is answered. */
  weight?: number;
  /** How many items a list without an argument `first` is taken to hold. */
  items?: number;
}

/** A group of a case's facts: up to five authorities' systems are asked for it. */
const ASKS_SOURCES: FieldPrice = { weight: 5 };

export const PRICES: Readonly<Record<string, FieldPrice>> = {
  "Case.person": ASKS_SOURCES,
  "Case.sentence": ASKS_SOURCES,
  "Case.placement": ASKS_SOURCES,
  "Case.plan": ASKS_SOURCES,
  "Case.family": ASKS_SOURCES,
  "Case.social": ASKS_SOURCES,
  "Case.employment": ASKS_SOURCES,
  "Case.economy": ASKS_SOURCES,
  "Case.health": ASKS_SOURCES,
  "Case.benefits": ASKS_SOURCES,
  "Case.matters": ASKS_SOURCES,
  "Query.whomToContactInCase": { weight: 20 },
  "Query.formDraft": { weight: 40 },
  "Mutation.openCase": { weight: 20 },
  "Mutation.submitApplication": { weight: 40 },
  // All that the hub holds of a person, or a trace over years.
  "Query.subjectAccess": { weight: 100 },
  "Query.myTrace": { weight: 10 },
  "Query.explainDisclosure": { weight: 10 },
  // Makes a PDF, beside asking the sources.
  "Mutation.generateDocument": { weight: 100 },
  // Asks no source; all below a field is made of constants.
  "DisclosureExplanation.roots": { items: 2 },
  "PersonExplanation.fields": { items: 20 },
  "PersonExplanation.sends": { weight: 0 },
  "FieldExplanation.verdicts": { weight: 0 },
  "FieldExplanation.enteredWords": { weight: 0 },
  "HolderVerdict.basis": { weight: 0 },
  "HolderVerdict.reason": { weight: 0 },
  "DisclosureBasis.text": { weight: 0 },
  "WithheldBecause.text": { weight: 0 },
  "Query.counties": { items: 23 },
  "Query.employmentAreas": { items: 46 },
  "Query.riseUnits": { items: 40 },
};

/** Besides edges and payloads; the rest of what only carries an answer. */
export const FREE_TYPES: ReadonlySet<string> = new Set(["PageInfo", "UserError"]);

/** Points of an object where the table above says nothing. */
export const USUAL_WEIGHT = 1;
/** Items of a list of objects where neither the table nor an argument says how many. */
export const USUAL_ITEMS = 5;
/** The published schema as a whole: `__schema`, `__type`. */
export const SCHEMA_WEIGHT = 50;
