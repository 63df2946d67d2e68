// The page as a person uses it: usage: node web/test.mjs FOLDER PAGE [shots], where FOLDER has node_modules with playwright-core.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, page_file, only_shots] = process.argv.slice(2);
const { chromium } = createRequire(`${folder}/`)("playwright-core");
const repository = new URL("../", import.meta.url).pathname;
const office = `${repository}crates/xxgk-read/tests/office/`;
const wrong = `${office}docx-n21-upright-wrong.docx`;
const address = pathToFileURL(page_file).href;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
const page = await context.newPage();
const requests = [];
const complaints = [];
page.on("request", (it) => requests.push(it.url()));
page.on("pageerror", (it) => complaints.push(String(it)));
page.on("console", (it) => it.type() === "error" && complaints.push(it.text()));
page.on("dialog", (it) => {
  complaints.push(`dialog: ${it.message()}`);
  it.dismiss();
});
await page.goto(address);

const text = (selector) => page.locator(selector).innerText();
const until = (what) => page.waitForFunction((what) => document.getElementById("status").textContent.includes(what), what);
async function open(path, verdict) {
  await page.setInputFiles("#files", path);
  await until(verdict);
}

if (only_shots) {
  const shots = `${folder}/shots`;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/empty.png` });
  await open([wrong, `${repository}tests/data/jilin-2017/cells-piped.txt`], "有错误，须改正");
  await page.screenshot({ path: `${shots}/result.png` });
  await page.locator("table.form td.wrong a").first().click();
  await page.screenshot({ path: `${shots}/cell.png` });
  await page.click("#print");
  await page.screenshot({ path: `${shots}/sheet.png` });
  await page.click("#back");
  await page.click("#language");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${shots}/dark.png` });
  console.log(`pictures in ${shots}`);
  await browser.close();
  process.exit();
}

const tests = {
  async "text, of which nothing must be corrected"() {
    await open(`${repository}tests/data/jilin-2017/cells-piped.txt`, "需要核实");
    assert.match(await text("#view"), /2017年/);
  },
  async "a wrong cell in a document of Word"() {
    const start = Date.now();
    await open(wrong, "有错误，须改正");
    console.log(`     ${readFileSync(wrong).length} bytes to verdict: ${Date.now() - start} ms`);
    const found = await text("#view .found");
    assert.match(found, /986/);
    assert.match(found, /本机关不掌握相关政府信息/);
  },
  async "every other format"() {
    for (const name of [
      "doc-n21-upright-wrong.doc",
      "odt-n21-upright-wrong.odt",
      "xls-n21-upright-wrong.xls",
      "mhtml-n21-upright-wrong.mhtml",
      "pdf-n21-upright-wrong.pdf",
      "reportlab-n21-upright-wrong.pdf",
      "ods-n19-small-wrong.ods",
      "ofd-n9-small-wrong.ofd",
      "docx-n9-pages-wrong.docx",
    ]) {
      await open(office + name, `${name}：有错误，须改正`);
      assert.ok((await page.locator("table.form td.wrong").count()) > 0, name);
    }
  },
  async "several files at once, by a drop"() {
    const before = await page.locator("#list li").count();
    const given = [
      ["甲.docx", readFileSync(wrong).toString("base64")],
      ["乙.png", Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64")],
    ];
    const transfer = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const [name, base64] of given) {
        transfer.items.add(new File([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))], name));
      }
      return transfer;
    }, given);
    await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
    await until("甲.docx：有错误，须改正");
    assert.equal(await page.locator("#list li").count(), before + 2);
    assert.match(await page.locator("#list li").last().innerText(), /乙\.png[^]*无法读取/);
    await page.locator("#list button").last().click();
    assert.match(await text("#view"), /这是图片/);
    // With the keyboard to the one before.
    await page.locator("#list button").nth(before).focus();
    await page.keyboard.press("Enter");
    await until("甲.docx：");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /甲\.docx/);
  },
  async "a cell tells its rules"() {
    const cell = page.locator("table.form td.wrong a").first();
    await cell.click();
    assert.match(await text(".told aside:target"), /不符合/);
  },
  async "text that is pasted"() {
    await page.click("summary");
    await page.fill("#pasted", readFileSync(`${repository}tests/data/jilin-2017/cells-piped.txt`, "utf8"));
    await page.click("#paste");
    await until("粘贴的文字：需要核实");
  },
  async "a hostile name"() {
    const name = "<img src=x onerror=alert(1)>.txt";
    await page.setInputFiles("#files", { name, mimeType: "text/plain", buffer: readFileSync(`${repository}tests/data/jilin-2017/cells-piped.txt`) });
    await until(`${name}：需要核实`);
    await page.click("#print");
    assert.equal(await page.locator("img").count(), 0);
    await page.click("#back");
    assert.ok((await text("#view")).includes(name));
  },
  async "the review sheet, on paper"() {
    await open(wrong, "docx-n21-upright-wrong.docx：有错误，须改正");
    await page.click("#print");
    assert.match(await text("#sheet"), /审核单[^]*有错误，须改正[^]*986[^]*填报人：[^]*审核人：[^]*负责人：/);
    assert.equal(await page.locator("main").isVisible(), false);
    const printed = await page.pdf({ format: "A4" });
    assert.equal(printed.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1, "one page");
    await page.click("#back");
    const all = await page.pdf({ format: "A4" });
    assert.ok(all.length > printed.length, "the whole is more");
  },
  async "as text for a message"() {
    await page.click("#copy");
    await page.waitForSelector("#text:not([hidden])");
    const message = await page.inputValue("#text");
    assert.match(message, /结论：有错误，须改正。[^]*须改正：\n1．[^]*986/);
    assert.ok((await text("#copied")).length > 0);
  },
  async "a copy with comments, checked again"() {
    const workbook = `${repository}crates/xxgk-read/tests/cases/xlsx-bud-pct.xlsx`;
    for (const path of [wrong, workbook]) {
      const name = basename(path);
      await open(path, `${name}：有错误，须改正`);
      const found = await page.locator("#view .found").allInnerTexts();
      const [saved] = await Promise.all([page.waitForEvent("download"), page.click("#mark")]);
      assert.equal(saved.suggestedFilename(), name.replace(".", "（批注）."));
      const copy = readFileSync(await saved.path());
      assert.notDeepEqual(copy, readFileSync(path));
      await page.setInputFiles("#files", { name: `副本-${name}`, mimeType: "", buffer: copy });
      await until(`副本-${name}：有错误，须改正`);
      assert.deepEqual(await page.locator("#view .found").allInnerTexts(), found);
    }
    await open(`${office}pdf-n21-upright-wrong.pdf`, "pdf-n21-upright-wrong.pdf：有错误，须改正");
    await page.click("#mark");
    assert.match(await text("#copied"), /不能加批注/);
  },
  async "the list of what was found, as a workbook"() {
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("#workbook")]);
    assert.equal(saved.suggestedFilename(), "问题清单.xlsx");
    const book = readFileSync(await saved.path());
    assert.equal(book.subarray(0, 2).toString(), "PK");
    assert.ok(book.length > 5000);
  },
  async "the certain cells, corrected"() {
    const sample = readFileSync(`${repository}tests/data/jilin-2017/cells-piped.txt`, "utf8");
    const wrong = sample.replace("\n27 |", "\n28 |");
    assert.notEqual(wrong, sample);
    await page.setInputFiles("#files", { name: "错一格.txt", mimeType: "text/plain", buffer: Buffer.from(wrong) });
    await until("错一格.txt：有错误，须改正");
    await page.click("#correct");
    await until("错一格.txt（改正后）.txt：需要核实");
    assert.equal(await page.locator("#correct").isVisible(), false);
  },
  async "beside the report of the year before"() {
    const year = (year, count) => {
      const rows = `收到申请数;件;${count}\n当面申请数;件;${count}\n传真申请数;件;0\n网络申请数;件;0\n信函申请数;件;0`;
      const text = `政府信息公开情况统计表(${year}年度)\n${rows}\n申请办结数;件;${count}\n按时办结数;件;${count}\n延期办结数;件;0`;
      return { name: `${year}.txt`, mimeType: "text/plain", buffer: Buffer.from(text) };
    };
    await page.setInputFiles("#files", year(2017, 12340));
    await until("2017.txt：");
    assert.doesNotMatch(await text("#view"), /2016\.txt/);
    await page.locator("summary", { hasText: "上年报告" }).click();
    await page.setInputFiles("#before", year(2016, 1234));
    await page.waitForFunction(() => document.getElementById("before-said").textContent.includes("已用于比较"));
    assert.match(await text("#view"), /2016\.txt/);
    assert.match(await text("#list"), /未与上年报告比较：/);
    await page.setInputFiles("#before", { name: "上年.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n", "latin1") });
    await page.waitForFunction(() => document.getElementById("before-said").textContent.includes("这是图片"));
    await page.click("#no-before");
    assert.doesNotMatch(await text("#view"), /2016\.txt/);
  },
  async "what was carried over"() {
    await page.setInputFiles("#files", `${repository}tests/data/jilin-2017/cells-piped.txt`);
    await until("cells-piped.txt：需要核实");
    await page.fill("#carried-in", "5");
    await page.locator("#carried-in").blur();
    await until("cells-piped.txt：有错误，须改正");
    await page.fill("#carried-in", "0");
    await page.locator("#carried-in").blur();
    await until("cells-piped.txt：需要核实");
  },
  async "in English and back"() {
    await open(wrong, "docx-n21-upright-wrong.docx：有错误，须改正");
    await page.click("#language");
    await until("docx-n21-upright-wrong.docx: inconsistent.");
    assert.match(await text("#view .found"), /To correct/);
    assert.equal(await page.getAttribute("html", "lang"), "en");
    await page.click("#language");
    await until("docx-n21-upright-wrong.docx：有错误，须改正");
  },
  async "without a mouse"() {
    for (const selector of ["button:visible", "textarea:visible", "input"]) {
      for (const it of await page.locator(selector).all()) {
        const named = await it.evaluate((it) => it.innerText || it.labels?.[0]?.innerText || it.getAttribute("aria-label"));
        assert.ok(named, `${await it.getAttribute("id")} has a name`);
      }
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(wide, "nothing to scroll sideways at 1366");
  },
  async "nothing is asked of a network, and nothing complains"() {
    const others = requests.filter((it) => it.split("#")[0] !== address && !/^(data|blob):/.test(it));
    assert.deepEqual(others, []);
    assert.deepEqual(complaints, []);
    const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
    assert.match(policy, /^default-src 'none'; /);
    assert.doesNotMatch(policy, /'unsafe-/);
    // The policy holds: what asks all the same is refused.
    const refused = await page.evaluate(() => fetch("http://127.0.0.1:9/").then(() => "asked", () => "refused"));
    assert.equal(refused, "refused");
  },
};

let failed = 0;
page.setDefaultTimeout(30_000);
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}
await browser.close();
console.log(failed ? `web: ${failed} failed` : `web: ${Object.keys(tests).length} passed`);
process.exit(failed ? 1 : 0);
