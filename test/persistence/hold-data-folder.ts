/** A second process for the test beside it: takes the folder, says so in JSON lines, and does what stdin tells. */
import { createInterface } from "node:readline";
import { holdDataFolder } from "../../src/persistence/data-folder.ts";

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
const [folder = "", graphql = "", uid] = process.argv.slice(2);
// Only now, when the code is read: another user need not be able to read this clone.
if (uid !== undefined) process.setuid?.(Number(uid));

try {
  const held = await holdDataFolder(folder, { urls: { graphql } });
  say({ held: process.pid });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "release") {
      await held.release();
      say({ released: true });
      break;
    }
  }
  process.exit(0);
} catch (error) {
  say({ refused: (error as Error).message, name: (error as Error).name });
  process.exit(1);
}
