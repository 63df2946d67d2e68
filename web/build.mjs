// Puts the page together: usage: node web/build.mjs FOLDER OUT PROFILE, where FOLDER holds what wasm-bindgen made, in glue/,
// and node_modules with xz-decompress. The profile web is the one that is small.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [folder, out, profile] = process.argv.slice(2);
const is_small = profile === "web";
const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const module = `${folder}/glue/xxgk_web_bg.wasm`;
const glue = readFileSync(`${folder}/glue/xxgk_web.js`, "utf8");
// Browsers unpack gzip by themselves, but that leaves a module a third larger.
const unpack = readFileSync(`${folder}/node_modules/xz-decompress/dist/package/xz-decompress.min.js`, "utf8");

// What xxgk_show::html::STYLE is, and what the page has beside it.
const style = here("../crates/xxgk-show/src/html/style.css") + here("page.css");
// What the glue declares stays in the function: each call gives an instance of its own.
const script = `"use strict";
${unpack}
const engine = (module) => {
${glue}
wasm_bindgen.initSync({ module });
return wasm_bindgen;
};
${here("page.js")}`;
if (/<\/script|<!--/i.test(script)) throw new Error("the script would end too early");

const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
// The one check that xz-decompress knows, and a dictionary as large as the module.
const effort = is_small ? "--lzma2=preset=9e,dict=8MiB" : "--lzma2=preset=0,dict=8MiB";
const options = ["--check=crc32", effort, "--stdout", module];
const wasm = execFileSync("xz", options, { maxBuffer: 1 << 26 }).toString("base64");
const parts = { policy, style, wasm, script };
const page = here("page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
writeFileSync(out, page);

const kb = (bytes) => `${Math.round(bytes / 1000)} kB`;
const packed = gzipSync(page, { level: 9 }).length;
console.log(`${out}: ${kb(Buffer.byteLength(page))}, ${kb(packed)} gzipped; the module ${kb(statSync(module).size)}`);
// What is to go through a mail stays small: 2 MB, as mail programs count.
if (is_small && packed > 2 << 20) throw new Error("the page is larger than 2 MB gzipped");
