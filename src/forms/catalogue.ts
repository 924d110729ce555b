import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { NotFound, StartupError } from "../kernel/errors.ts";
import { type Fault, faultOfDefinition, faultOfTemplate } from "./check-definition.ts";
import { type FormDefinition, type FormLanguage, formDefinitionSchema } from "./form-definition.ts";
import type { LoadedForm } from "./loaded-form.ts";
import { inspectTemplate } from "./pdf/inspect-template.ts";

export type { LoadedForm } from "./loaded-form.ts";

export interface FormCatalogue {
  /** In alphabetical order. */
  codes: readonly string[];
  all: readonly LoadedForm[];
  find(code: string): LoadedForm | undefined;
  /** @throws NotFound */
  get(code: string): LoadedForm;
}

/**
 * Reads every folder of `forms/`.
 * @throws StartupError naming the folder, the field and the cure, for a form that could not be filled right
 */
export async function loadForms(directory: string): Promise<FormCatalogue> {
  const forms = new Map<string, LoadedForm>();
  for (const folder of await formFolders(directory)) {
    forms.set(folder, await loadForm(directory, folder));
  }
  return {
    codes: [...forms.keys()],
    all: [...forms.values()],
    find: (code) => forms.get(code),
    get: (code) => {
      const form = forms.get(code);
      if (!form) throw new NotFound(`There is no such form. The forms are: ${[...forms.keys()].join(", ")}.`);
      return form;
    },
  };
}

/** Names of the folders that hold a form. */
export async function formFolders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => {
    throw new StartupError("The folder of forms cannot be read. Start the hub from the project's folder.");
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads and checks `form.json` of one folder, without its templates.
 * @throws StartupError
 */
export async function loadDefinition(directory: string, folder: string): Promise<FormDefinition> {
  const file = `forms/${folder}/form.json`;
  const text = await readFile(join(directory, folder, "form.json"), "utf8").catch(() => {
    throw new StartupError(`${file} is missing. Add it, or remove the folder.`);
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new StartupError(`${file} is not JSON. Correct it in an editor that checks JSON.`);
  }
  const parsed = formDefinitionSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues[0]!);
    const place = issue.path.length > 0 ? issue.path.join(".") : "the file";
    const cure = "schema/form-definition.schema.json tells what it takes.";
    throw new StartupError(`${file}, field "${fieldAt(raw, issue.path)}": ${place}: ${issue.message}. ${cure}`);
  }
  if (parsed.data.code !== folder) throw new StartupError(`${file}: "code" must be the folder's name, ${folder}.`);
  refuse(file, faultOfDefinition(parsed.data));
  return parsed.data;
}

async function loadForm(directory: string, folder: string): Promise<LoadedForm> {
  const definition = await loadDefinition(directory, folder);
  const templates = new Map<FormLanguage, Uint8Array>();
  for (const language of definition.languages) {
    const file = `forms/${folder}/template.${language}.pdf`;
    const bytes = await readFile(join(directory, folder, `template.${language}.pdf`)).catch(() => {
      throw new StartupError(`${file} is missing. Add it, or draw it: npm run nivel -- forms build.`);
    });
    const fields = await inspectTemplate(bytes).catch(() => {
      throw new StartupError(`${file} cannot be read as a PDF. Replace it, or draw it: npm run nivel -- forms build.`);
    });
    refuse(file, faultOfTemplate(definition, fields));
    templates.set(language, bytes);
  }
  return {
    definition,
    template: (language) => {
      const template = templates.get(language);
      if (!template)
        throw new NotFound(`The form is not available in that language, only in: ${[...templates.keys()].join(", ")}.`);
      return template;
    },
  };
}

function refuse(file: string, fault: Fault | undefined): void {
  if (fault) throw new StartupError(`${file}, field "${fault.field}" ${fault.problem}. ${fault.cure}`);
}

interface Issue {
  path: PropertyKey[];
  message: string;
  errors?: Issue[][];
}

/** Of a value that fits none of several shapes, the complaint that got furthest: the shape that was meant. */
function deepest(issue: Issue): Issue {
  const inner = (issue.errors ?? []).flatMap((issues) => issues.slice(0, 1)).map(deepest);
  const furthest = inner.sort((a, b) => b.path.length - a.path.length)[0];
  return furthest && furthest.path.length > 0
    ? { path: [...issue.path, ...furthest.path], message: furthest.message }
    : issue;
}

/** The name of the innermost field, table or section on the way to an issue. */
function fieldAt(raw: unknown, path: readonly PropertyKey[]): string {
  let found = "-";
  let at: unknown = raw;
  for (const step of path) {
    if (typeof at !== "object" || at === null) break;
    at = (at as Record<PropertyKey, unknown>)[step];
    if (typeof at !== "object" || at === null) break;
    const { name, table, number } = at as Record<string, unknown>;
    const named = name ?? table ?? number;
    if (typeof named === "string") found = named;
  }
  return found;
}
