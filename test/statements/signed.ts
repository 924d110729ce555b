import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  RecordAgreementDocument,
  SignStatementDocument,
  WriteStatementDocument,
  type WriteStatementInput,
} from "../../src/cli/operations.generated.ts";

export const CONTENT = {
  need: "Asiakas tarvitsee vapautuessaan talvivaatteet ja kodin tavarat.",
  arrangedByPrison: "Vankila järjestää matkan.",
  housingOnRelease: "Asunto on tiedossa.",
  linkToSentencePlan: "Tavoitteena on oma asunto ja työnhaku.",
  preparedTogether: true,
};

export const statementInput = (
  caseId: string,
  content: Partial<typeof CONTENT> = {},
  language: "fi" | "sv" = "fi",
): WriteStatementInput => ({
  caseId,
  language,
  content: { ...CONTENT, ...content },
  author: { title: "Rikosseuraamustyöntekijä", phone: "+358295680000", email: "oma.nimi@rise.example" },
});

/** Writes a statement as the app's caller. @returns its id */
export async function writeStatement(
  app: AppClient,
  caseId: string,
  content: Partial<typeof CONTENT> = {},
  language: "fi" | "sv" = "fi",
): Promise<string> {
  const { writeStatement } = await ask(app, WriteStatementDocument, {
    input: statementInput(caseId, content, language),
  });
  return writeStatement.statement!.id;
}

/** A statement that is agreed to and signed, ready to be attached. @returns its id */
export async function signedStatement(
  app: AppClient,
  caseId: string,
  content: Partial<typeof CONTENT> = {},
  language: "fi" | "sv" = "fi",
): Promise<string> {
  const statementId = await writeStatement(app, caseId, content, language);
  await ask(app, RecordAgreementDocument, { statementId, hasRead: true, agreesToAttach: true });
  await ask(app, SignStatementDocument, { statementId });
  return statementId;
}
