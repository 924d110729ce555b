export interface Bug {
  name: string;
  code?: string;
  /** Where in the code it happened. */
  frames: string[];
}

/**
 * What of an unexpected error may be written into a log: its kind and its place. Its message may hold what was
 * submitted or read (a database's error repeats the statement with its values), so it is left out.
 */
export function describeBug(error: unknown): Bug {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { name: error.name, ...(typeof code === "string" ? { code } : {}), frames: frames.map((line) => line.trim()) };
}
