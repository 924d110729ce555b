import { readFileSync, readlinkSync } from "node:fs";
import { access, constants, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { lock } from "proper-lockfile";
import { z } from "zod";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { NivelError, StartupError } from "../kernel/errors.ts";

/**
 * The embedded database takes no lock of its own: a second process that opens its folder is let in, and rows that it
 * acknowledged vanish. So whoever opens the folder holds it first, and says in `holder.json` who it is.
 */
export interface HeldDataFolder {
  /** Replaces what the holder told about itself, e.g. once its addresses are known. */
  update(holder: HolderNotes): Promise<void>;
  release(): Promise<void>;
}

export interface HolderNotes {
  /** Where the running hub answers, by name; `graphql` is the one that a refused process is told. */
  urls?: Readonly<Record<string, string>>;
  [note: string]: unknown;
}

const HOLDER = z.looseObject({
  pid: z.int().positive(),
  host: z.string(),
  /** Process ids mean something only within one of these (containers). */
  pidNamespace: z.string(),
  /** With the pid, names one process for good: pids are used again. */
  startTicks: z.string(),
  since: z.string(),
  urls: z.record(z.string(), z.string()).optional(),
});
export type Holder = z.infer<typeof HOLDER>;

const HOLDER_FILE = "holder.json";
/**
 * Only for a holder whose life cannot be looked up (another host or container). Generous, because the database's start
 * blocks the event loop, and with it the lock's renewal, for seconds.
 */
const STALE_MS = 60_000;
const EXIT_CODE = 70;

/**
 * Takes the folder for this process, making it if need be.
 * @throws StartupError when another process holds it (named in the message) or when it cannot be written
 */
export async function holdDataFolder(
  path: string,
  holder: HolderNotes,
  { clock = systemClock, stop = stopLoudly }: { clock?: Clock; stop?: (message: string) => void } = {},
): Promise<HeldDataFolder> {
  const folder = resolve(path);
  const since = clock.now().toISOString();
  const write = (notes: HolderNotes) => writeHolder(folder, { ...notes, ...thisProcess(), since });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    // Behind one door, so that of two who find a dead holder only one takes over, and no lock is seen without its name.
    const leaveDoor = await lock(join(folder, "door"), {
      realpath: false,
      stale: 10_000,
      retries: { retries: 40, factor: 1, minTimeout: 50, maxTimeout: 50 },
    });
    try {
      const releaseLock = await takeLock(folder, stop);
      const release = async () => {
        await rm(join(folder, HOLDER_FILE), { force: true });
        await releaseLock();
      };
      try {
        await write(holder);
      } catch (error) {
        await release();
        throw error;
      }
      return { update: write, release };
    } finally {
      await leaveDoor();
    }
  } catch (error) {
    throw startupErrorOf(error, path);
  }
}

/** The process that holds the folder now; undefined when none does, or the one that did is dead. */
export async function readHolder(path: string): Promise<Holder | undefined> {
  const holder = await readHolderFile(resolve(path));
  return holder && lifeOf(holder) !== "dead" ? holder : undefined;
}

async function takeLock(folder: string, stop: (message: string) => void): Promise<() => Promise<void>> {
  const holder = await readHolderFile(folder);
  const life = holder && lifeOf(holder);
  // A living holder keeps its lock even when it could not renew it, e.g. because the machine slept.
  if (holder && life === "alive") throw new StartupError(heldBy(holder));
  if (life === "dead") await rm(join(folder, "hub.lock"), { recursive: true, force: true });
  try {
    return await lock(join(folder, "hub"), {
      realpath: false,
      stale: STALE_MS,
      update: STALE_MS / 6,
      onCompromised: (error) => {
        stop(`The data folder is no longer held by this process (${error.message}). Stopping, so that no row is lost.`);
      },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new StartupError(holder ? heldBy(holder) : "The data folder is held by another process. Stop it first.");
  }
}

function heldBy(holder: Holder): string {
  const graphql = holder.urls?.["graphql"];
  const where = holder.host === hostname() ? "" : ` on ${holder.host}`;
  return (
    `The data folder is held by process ${String(holder.pid)}${where} since ${holder.since}` +
    `${graphql === undefined ? "" : `, which answers at ${graphql}`}. Stop it first, or set NIVEL_DATA_DIR to another folder.`
  );
}

type Life = "alive" | "dead" | "unknown";

function lifeOf(holder: Holder): Life {
  if (holder.host !== hostname() || holder.pidNamespace !== pidNamespace()) return "unknown";
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "dead";
  }
  return startTicksOf(holder.pid) === holder.startTicks ? "alive" : "dead";
}

const thisProcess = () => ({
  pid: process.pid,
  host: hostname(),
  pidNamespace: pidNamespace(),
  startTicks: startTicksOf(process.pid),
});

/** When the process was started, as Linux counts it; empty elsewhere, where the pid alone must do. */
function startTicksOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // From field 3 on; the second, the command's name in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    // A zombie has ended, even if its parent has not noticed.
    return state === "Z" || state === "X" ? "" : (fields[19] ?? "");
  } catch {
    return "";
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

async function readHolderFile(folder: string): Promise<Holder | undefined> {
  try {
    return HOLDER.parse(JSON.parse(await readFile(join(folder, HOLDER_FILE), "utf8")));
  } catch (error) {
    // A file cut short by a crash names nobody; the lock beside it still counts until it is stale.
    if (isAbsent(error) || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** By a rename, so that no reader sees half a file. */
async function writeHolder(folder: string, holder: object): Promise<void> {
  const draft = join(folder, `${HOLDER_FILE}.${String(process.pid)}`);
  await writeFile(draft, `${JSON.stringify(holder, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, join(folder, HOLDER_FILE));
}

const isAbsent = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

function startupErrorOf(error: unknown, path: string): unknown {
  if (error instanceof NivelError) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === "ELOCKED")
    return new StartupError(`The data folder ${path} is being opened by another process. Try again.`);
  if (syscall === undefined) return error;
  return new StartupError(
    `The data folder ${path} cannot be written (${code ?? syscall}). Make it writable, or set NIVEL_DATA_DIR to another folder.`,
  );
}

/** Not an exception: a handler that keeps the process alive would let it write beside the new holder. */
function stopLoudly(message: string): void {
  process.stderr.write(`nivel: ${message}\n`);
  process.exit(EXIT_CODE);
}
