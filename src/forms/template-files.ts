import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formFolders, loadDefinition } from "./catalogue.ts";
import type { FormLanguage } from "./form-definition.ts";
import { buildTemplate } from "./pdf/build-template.ts";

export interface TemplateProgress {
  done: number;
  total: number;
  /** Path inside the folder of forms. */
  file: string;
}

/** Draws the templates of all model forms into their folders; an authority's own template is left alone. */
export async function writeTemplates(
  formsDirectory: string,
  onProgress: (progress: TemplateProgress) => void = () => {},
): Promise<string[]> {
  const plan = await templatesOf(formsDirectory);
  for (const [at, { file, draw }] of plan.entries()) {
    await writeFile(join(formsDirectory, file), await draw());
    onProgress({ done: at + 1, total: plan.length, file });
  }
  return plan.map(({ file }) => file);
}

/** The templates of model forms that are not what their definition draws now. Cured by `writeTemplates`. */
export async function checkTemplates(formsDirectory: string): Promise<string[]> {
  const drifted: string[] = [];
  for (const { file, draw } of await templatesOf(formsDirectory)) {
    const stored = await readFile(join(formsDirectory, file)).catch(() => undefined);
    if (!stored?.equals(await draw())) drifted.push(file);
  }
  return drifted;
}

async function templatesOf(formsDirectory: string): Promise<{ file: string; draw: () => Promise<Uint8Array> }[]> {
  const plan: { file: string; draw: () => Promise<Uint8Array> }[] = [];
  for (const folder of await formFolders(formsDirectory)) {
    const definition = await loadDefinition(formsDirectory, folder);
    if (!definition.model) continue;
    plan.push(
      ...definition.languages.map((language: FormLanguage) => ({
        file: `${folder}/template.${language}.pdf`,
        draw: () => buildTemplate(definition, language),
      })),
    );
  }
  return plan;
}
