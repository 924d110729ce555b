import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixedClock } from "../../src/kernel/clock.ts";
import { StartupError } from "../../src/kernel/errors.ts";
import { type Holder, holdDataFolder, readHolder } from "../../src/persistence/data-folder.ts";

const URL_OF_FIRST = "http://127.0.0.1:4000/graphql";
const CHILD = new URL("hold-data-folder.ts", import.meta.url).pathname;
type Said = { held?: number; released?: boolean; refused?: string; name?: string };

describe("one process holds the data folder", () => {
  let folder: string;
  let children: ChildProcess[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "nivel-data-"));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await kill(child);
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  /** A real second process, and the first thing it says. */
  async function start(path = folder, ...uid: string[]): Promise<{ child: ChildProcess; said: Said }> {
    const child = spawn(process.execPath, ["--import", "tsx", CHILD, path, URL_OF_FIRST, ...uid], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    return { child, said: await line(child) };
  }
  async function line(child: ChildProcess): Promise<Said> {
    for await (const text of createInterface({ input: child.stdout! })) return JSON.parse(text) as Said;
    throw new Error("the process ended without a word");
  }
  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  const holderFile = async () => JSON.parse(await readFile(join(folder, "holder.json"), "utf8")) as Holder;

  it("refuses a second process at once, naming the holder, its start and its address", async () => {
    const held = await holdDataFolder(
      folder,
      { urls: { graphql: URL_OF_FIRST } },
      { clock: fixedClock("2026-11-22T10:00:00Z") },
    );
    const { child, said } = await start();
    expect(said).toEqual({
      name: "StartupError",
      refused:
        `The data folder is held by process ${String(process.pid)} since 2026-11-22T10:00:00.000Z, ` +
        `which answers at ${URL_OF_FIRST}. Stop it first, or set NIVEL_DATA_DIR to another folder.`,
    });
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(1);
    await held.release();
  });

  it("refuses this process too while another holds it, and takes it when that one let go", async () => {
    const { child, said } = await start();
    expect(said).toEqual({ held: child.pid });
    await expect(holdDataFolder(folder, {})).rejects.toThrow(StartupError);
    expect(await readHolder(folder)).toMatchObject({ pid: child.pid, urls: { graphql: URL_OF_FIRST } });
    child.stdin!.write("release\n");
    expect(await line(child)).toEqual({ released: true });
    expect(await readHolder(folder)).toBeUndefined();
    await (await holdDataFolder(folder, {})).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets the same process hold it once only", async () => {
    const held = await holdDataFolder(folder, {});
    await expect(holdDataFolder(folder, {})).rejects.toThrow(`held by process ${String(process.pid)}`);
    await held.release();
  });

  it("takes over at once from a holder that was killed, database and all", async () => {
    const { child } = await start();
    await mkdir(join(folder, "db"));
    await kill(child);
    expect((await holderFile()).pid).toBe(child.pid);
    expect(await readHolder(folder)).toBeUndefined();
    const held = await holdDataFolder(folder, {});
    expect((await holderFile()).pid).toBe(process.pid);
    await held.release();
    expect(await readdir(folder)).toEqual(["db"]);
  });

  it("is not fooled by a pid that another process has got since", async () => {
    const { child } = await start();
    const dead = await holderFile();
    await kill(child);
    await writeFile(join(folder, "holder.json"), JSON.stringify({ ...dead, pid: process.pid }));
    expect(await readHolder(folder)).toBeUndefined();
    await (await holdDataFolder(folder, {})).release();
  });

  it("gives a dead holder's folder to exactly one of many", async () => {
    const { child } = await start();
    await kill(child);
    const all = await Promise.all(Array.from({ length: 5 }, () => start()));
    expect(all.filter(({ said }) => said.held !== undefined)).toHaveLength(1);
    for (const { said } of all) if (said.held === undefined) expect(said.refused).toMatch(/held by process \d+ since/);
  });

  it("keeps a living holder's claim even when it has not renewed its lock for an hour", async () => {
    const { child } = await start();
    const old = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, "hub.lock"), old, old);
    await expect(holdDataFolder(folder, {})).rejects.toThrow(`held by process ${String(child.pid)}`);
  });

  it("waits a minute for a holder on another host, whose life it cannot look up", async () => {
    const held = await holdDataFolder(folder, { urls: { graphql: URL_OF_FIRST } }, { stop: () => undefined });
    await writeFile(join(folder, "holder.json"), JSON.stringify({ ...(await holderFile()), host: "other.example" }));
    expect((await start()).said.refused).toMatch(/held by process \d+ on other\.example since/);
    const old = new Date(Date.now() - 61_000);
    await utimes(join(folder, "hub.lock"), old, old);
    expect((await start()).said.held).toBeDefined();
    await held.release();
  });

  it("tells the command line where the running hub answers", async () => {
    const held = await holdDataFolder(folder, { urls: {} });
    await held.update({ urls: { graphql: URL_OF_FIRST, issuer: "http://127.0.0.1:4001" } });
    expect(await readHolder(folder)).toMatchObject({
      pid: process.pid,
      host: hostname(),
      urls: { graphql: URL_OF_FIRST, issuer: "http://127.0.0.1:4001" },
    });
    expect((await stat(join(folder, "holder.json"))).mode & 0o777).toBe(0o600);
    await held.release();
    expect(await readHolder(join(folder, "absent"))).toBeUndefined();
  });

  it("stops the process when the lock is taken away from under it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const stop = vi.fn();
    const held = await holdDataFolder(folder, {}, { stop });
    await rm(join(folder, "hub.lock"), { recursive: true });
    await vi.advanceTimersByTimeAsync(11_000);
    vi.useRealTimers();
    await vi.waitFor(() => {
      expect(stop).toHaveBeenCalledWith(expect.stringContaining("no longer held by this process"));
    });
    await held.release().catch(() => undefined);
  });

  it("says in one line that a folder cannot be made", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    for (const path of [file, join(file, "below")]) {
      const error: unknown = await holdDataFolder(path, {}).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(StartupError);
      expect((error as Error).message).toMatch(
        /^The data folder \S+ cannot be written \((EEXIST|ENOTDIR)\)\. Make it .*\.$/,
      );
    }
  });

  it("says in one line that a folder cannot be written", async () => {
    await chmod(folder, 0o555);
    // Nothing is read-only for the superuser; then the child becomes nobody.
    const { said } = await start(folder, ...(process.getuid?.() === 0 ? ["65534"] : []));
    expect(said).toEqual({
      name: "StartupError",
      refused: `The data folder ${folder} cannot be written (EACCES). Make it writable, or set NIVEL_DATA_DIR to another folder.`,
    });
  });
});
