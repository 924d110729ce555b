import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/kernel/clock.ts";
import { populationOf } from "../../src/sandbox/sandbox.ts";

const options = { seed: 1, size: 20 };

describe("the population of one data folder", () => {
  it("keeps its persons and their dates when it is started on a later day", async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), "nivel-"));
    const first = await populationOf({ ...options, stateFolder, clock: fixedClock("2026-03-01T10:00:00Z") });
    const later = await populationOf({ ...options, stateFolder, clock: fixedClock("2027-01-15T10:00:00Z") });
    expect(later).toEqual(first);
  });

  it("is made anew when its file was cut short, or for another seed", async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), "nivel-"));
    const file = join(stateFolder, "population.json");
    await writeFile(file, '{"se');
    const clock = fixedClock("2026-03-01T10:00:00Z");
    expect(await populationOf({ ...options, stateFolder, clock })).toHaveLength(20);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ ...options, today: "2026-03-01" });
    await populationOf({ ...options, seed: 2, stateFolder, clock });
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ seed: 2 });
  });
});
