import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import { WithdrawConsentDocument } from "../../src/cli/operations.generated.ts";
import { testHub } from "../support/hub.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const run = promisify(execFile);

/** The README's shell, with the address and token of the hub under test. */
const shellBlock = (token: string, url: string): string =>
  /```sh\n(TOKEN=[\s\S]*?)```/
    .exec(readme)![1]!
    .replace("$(npm run -s nivel -- token prison-worker)", token)
    .replace("localhost:4000", url.replace("http://", ""));

it("the README's query, typed as it stands, answers with one withheld field and one failed source", async () => {
  const hub = await testHub();
  const app = await hub.as("prison-worker", "RELEASE_PLANNING");
  const { stdout } = await run("bash", ["-c", shellBlock(app.token, hub.url)]);
  const [consent, answer] = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { data: Record<string, Record<string, unknown>> });
  // The hub is shared: other tests follow the same person from before any consent.
  const consentId = consent!.data["recordConsent"]!["consentId"] as string;
  await ask(app, WithdrawConsentDocument, { consentId });
  const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)![1]!) as typeof answer;
  const undated = (text: unknown) => JSON.stringify(text).replace(/\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?/g, "date");
  // Beside the data stands what the request cost, which the README leaves out.
  expect(undated({ data: answer!.data })).toBe(undated(shown));
});
