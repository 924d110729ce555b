import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import { Command } from "commander";
import { readConfig } from "../config.ts";
import { StartupError } from "../kernel/errors.ts";

const SCHEMA_FILE = resolve(import.meta.dirname, "../../schema/form-definition.schema.json");
async function printedSchema(): Promise<string> {
  const { formDefinitionJsonSchema } = await import("../forms/form-definition.ts");
  return `${JSON.stringify(formDefinitionJsonSchema(), null, 2)}\n`;
}

export function formsCommand(): Command {
  const forms = new Command("forms").description("The authorities' forms in forms/");
  forms
    .command("list")
    .description("List the forms, checked against their templates")
    .option("--json", "print as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const { loadForms } = await import("../forms/catalogue.ts");
      const { all } = await loadForms(readConfig().formsFolder);
      const rows = all.map(({ definition: { code, edition, languages, title, model } }) => ({
        code,
        edition,
        languages,
        title,
        model,
      }));
      if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
      else
        for (const row of rows)
          process.stdout.write(`${row.code}  ${row.edition}  ${row.languages.join(",")}  ${row.title.fi}\n`);
    });
  forms
    .command("build")
    .description("Draw the template PDFs of our model forms anew from their definitions")
    .action(async () => {
      const { writeTemplates } = await import("../forms/template-files.ts");
      const bar = new SingleBar({ format: "drawing {bar} {value}/{total} {file}" }, Presets.shades_classic);
      await writeTemplates(readConfig().formsFolder, ({ done, total, file }) => {
        if (done === 1) bar.start(total, 0, { file });
        bar.update(done, { file });
      });
      bar.stop();
      await writeFile(SCHEMA_FILE, await printedSchema());
    });
  forms
    .command("check")
    .description("Fail when a template or the schema of definitions is not what `forms build` would write")
    .action(async () => {
      const { checkTemplates } = await import("../forms/template-files.ts");
      const drifted = await checkTemplates(readConfig().formsFolder);
      if ((await readFile(SCHEMA_FILE, "utf8").catch(() => "")) !== (await printedSchema()))
        drifted.push("schema/form-definition.schema.json");
      if (drifted.length > 0)
        throw new StartupError(`Out of date: ${drifted.join(", ")}. Run: npm run nivel -- forms build`);
      process.stdout.write("Every template is what its definition draws.\n");
    });
  return forms;
}
