import { describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import { WriteStatementDocument } from "../../src/cli/operations.generated.ts";
import { noticesOf, scanFreeText } from "../../src/statements/free-text.ts";
import { freshPerson, prisonWorkerOf } from "../http/front.ts";
import { CONTENT, statementInput } from "./signed.ts";

const topicsOf = (text: string) => scanFreeText({ need: text }).map(({ topic, word }) => `${topic} ${word}`);

describe("words of health and crime in free text (D14)", () => {
  it.each([
    ["Asiakkaalla on masennus.", ["HEALTH masennus"]],
    ["Korvaushoito jatkuu, LÄÄKITYS on kunnossa.", ["HEALTH Korvaushoito", "HEALTH LÄÄKITYS"]],
    ["Klienten har ett missbruk och är gravid.", ["HEALTH missbruk", "HEALTH gravid"]],
    ["Rikos oli pahoinpitely.", ["CRIME Rikos", "CRIME pahoinpitely"]],
    ["Dömd för misshandel, stöld och rån.", ["CRIME misshandel", "CRIME stöld", "CRIME rån"]],
    ["He was convicted of robbery.", ["CRIME robbery"]],
    ["Päihdehuolto ja huumausainerikos", ["HEALTH Päihdehuolto", "CRIME huumausainerikos"]],
  ])("are shown as they were written: %s", (text, expected) => {
    expect(topicsOf(text)).toEqual(expected);
  });

  it.each([
    "Rikosseuraamuslaitos järjestää matkan; Rikosseuraamuslaitoksen työntekijä saattaa.",
    "RIKOSSEURAAMUSTYÖNTEKIJÄ ja rikosseuraamusalan palvelut",
    "Brottspåföljdsmyndigheten ordnar resan.",
    CONTENT.need,
    "Hän vapautuu maaliskuussa ja tarvitsee talvivaatteet.",
  ])("are not seen where there are none: %s", (text) => {
    expect(topicsOf(text)).toEqual([]);
  });

  it("are looked for in all four texts, each named", () => {
    const fields = ["need", "arrangedByPrison", "housingOnRelease", "linkToSentencePlan"] as const;
    for (const field of fields) {
      expect(noticesOf({ ...CONTENT, [field]: "Diagnoosi" })).toMatchObject([{ field, topic: "HEALTH" }]);
    }
  });

  it("are told once each, with advice in three languages", () => {
    const notices = scanFreeText({ need: "rikos rikos rikos" });
    expect(notices).toHaveLength(1);
    expect(Object.keys(notices[0]!.advice)).toEqual(["fi", "sv", "en"]);
  });

  it("come with the statement that is written all the same: the worker decides", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const { writeStatement } = await ask(app, WriteStatementDocument, {
      input: statementInput(inCase.caseId, {
        need: "Masennuksen vuoksi tarvitaan apua.",
        housingOnRelease: "Uhri asuu lähellä.",
      }),
    });
    expect(writeStatement.statement).not.toBeNull();
    expect(writeStatement.notices.map(({ field, topic, word }) => [field, topic, word])).toEqual([
      ["need", "HEALTH", "Masennuksen"],
      ["housingOnRelease", "CRIME", "Uhri"],
    ]);
  });
});
