// The page: files in, what xxgk says of them out. The only HTML that is inserted is that of xxgk_show::html; whatever else comes from
// a file, its name too, is inserted as text.
// `engine` gives a fresh instance of the module: it is made of wasm-bindgen's glue by build.mjs.

const by = (id) => document.getElementById(id);
const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

// Each { name, bytes, tables, failed }; `tables` are in the language of the page.
const files = [];
let english = false;
let selected = null;
let module = null;
let checker = null;
// Last year's report, and why it cannot be read: { name, bytes, said }.
let before = null;
const say = (zh, en) => (english ? en : zh);

async function load() {
  const packed = new Blob([bytesOf(by("wasm").textContent)]);
  const { XzReadableStream } = window["xz-decompress"];
  const whole = new Response(new XzReadableStream(packed.stream()));
  module = await WebAssembly.compile(await whole.arrayBuffer());
}

// The module with the language of the page, last year's report and what was carried over.
function ready_made() {
  const instance = engine(module);
  const made = new instance.Checker(english);
  made.list = () => new instance.List();
  made.carried(count("carried-in"), count("carried-out"));
  try {
    if (before?.bytes) before.said = made.last_year(before.name, before.bytes);
  } catch (error) {
    console.error(error);
    before.bytes = null;
    before.said = failure();
    return ready_made();
  }
  return made;
}

// What is no number that can be is as good as not filled in.
const count = (id) => (by(id).checkValidity() ? by(id).valueAsNumber || 0 : 0);

function check(file) {
  try {
    checker ??= ready_made();
    file.tables = JSON.parse(checker.check(file.name, file.bytes));
    file.failed = false;
  } catch (error) {
    // What has failed may be in any state: the next file gets a fresh one.
    checker = null;
    console.error(error);
    file.tables = [];
    file.failed = true;
  }
}

// Checks all files again, once something that they are checked with has changed.
async function again() {
  await ready;
  checker = ready_made();
  for (const file of files) if (file.bytes) check(file);
  tell_before();
  list();
  if (selected) select(selected.at, selected.number);
}

function tell_before() {
  by("before-name").textContent = before ? before.name : "";
  by("no-before").hidden = !before;
  if (!before) by("before-said").textContent = "";
  else if (before.said) by("before-said").textContent = before.said;
  else by("before-said").textContent = say("已用于比较。", "is compared with.");
}

const failure = () => say("程序出错，未能审核这个文件。", "The program failed: this file was not checked.");

async function add(given) {
  const first = files.length;
  for (const it of given) {
    by("status").textContent = say(`正在审核：${it.name}`, `Checking ${it.name}`);
    // The browser draws what is said before the module takes the thread.
    await new Promise((done) => setTimeout(done));
    const file = { name: it.name, bytes: null, tables: [], failed: false };
    files.push(file);
    try {
      await ready;
      file.bytes = new Uint8Array(await it.arrayBuffer());
      check(file);
    } catch (error) {
      console.error(error);
      file.failed = true;
    }
    list();
  }
  if (files.length > first) select(first, 0);
}

function element(name, content, kind) {
  const it = document.createElement(name);
  if (content !== undefined) it.textContent = content;
  if (kind) it.className = kind;
  return it;
}

function list() {
  const rows = files.flatMap((file, at) => {
    const tables = file.failed
      ? [{ class: "unreadable", sign: "—", verdict: failure(), agency: "", which: "" }]
      : file.tables;
    return tables.map((table, number) => row(file, table, at, number));
  });
  by("list").replaceChildren(...rows);
  by("clear").hidden = files.length === 0;
}

function row(file, table, at, number) {
  const button = element("button");
  button.type = "button";
  const light = element("span", undefined, `verdict ${table.class}`);
  const sign = element("span", table.sign, "light");
  sign.setAttribute("aria-hidden", "true");
  light.append(sign);
  const words = element("span");
  words.append(element("bdi", file.name));
  const about = [table.agency, table.which].filter(Boolean).join(" ");
  if (about) words.append(element("span", about, "what"));
  words.append(element("span", table.verdict, `what ${table.class}`));
  if (table.note) words.append(element("span", table.note, "what"));
  button.append(light, words);
  const current = selected && selected.at === at && selected.number === number;
  button.setAttribute("aria-current", String(Boolean(current)));
  button.addEventListener("click", () => select(at, number));
  const item = element("li");
  item.append(button);
  return item;
}

function select(at, number) {
  selected = { at, number };
  const focused = by("list").contains(document.activeElement);
  list();
  if (focused) by("list").querySelector("[aria-current=true]")?.focus();
  // A cell that was followed is one of another table.
  if (location.hash) history.replaceState(null, "", "#");
  const file = files[at];
  const table = file.tables[number];
  by("tools").hidden = !table;
  by("correct").hidden = !table?.correctable;
  by("text").hidden = true;
  by("copied").textContent = "";
  if (table) {
    by("view").innerHTML = table.view;
    by("status").textContent = say(
      `${file.name}：${table.verdict}。${table.summary}`,
      `${file.name}: ${table.verdict}. ${table.summary}`,
    );
  } else {
    by("view").replaceChildren(element("p", failure()));
    by("status").textContent = `${file.name}${say("：", ": ")}${failure()}`;
  }
}

const shown = () => selected && files[selected.at].tables[selected.number];

function paper(open) {
  by("paper").hidden = !open;
  for (const it of document.querySelectorAll("main, .top")) it.hidden = open;
  by(open ? "again" : "print").focus();
}

async function copy() {
  const text = by("text");
  text.value = shown().text;
  let copied = true;
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    // Pages of a server without TLS have no clipboard of that kind.
    text.hidden = false;
    text.select();
    copied = document.execCommand("copy");
  }
  text.hidden = false;
  by("copied").textContent = copied
    ? say("已复制。", "Copied.")
    : say("浏览器不允许复制，请选中下面的文字复制。", "The browser does not let it be copied: select the text below.");
}

// Asks the module for something of the files that are there; what it fails at is said, and the next question gets a fresh one.
function ask(question) {
  try {
    checker ??= ready_made();
    return question(checker);
  } catch (error) {
    checker = null;
    console.error(error);
    by("copied").textContent = failure();
    return null;
  }
}

function save(name, bytes) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  // The browser has begun to write by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The name of a file with something before its ending.
function named(name, added) {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  return `${stem}${added}${ending}`;
}

function mark() {
  const { name, bytes } = files[selected.at];
  const copy = ask((checker) => checker.annotate(bytes) ?? "none");
  if (!copy) return;
  if (copy === "none") {
    by("copied").textContent = say(
      "这种文件不能加批注。请打印审核单，或者用 Office、WPS 另存为 docx 或 xlsx 后再审核。",
      "No comments can be put into a file of this kind: print the review sheet, or save the file as docx or xlsx and check that.",
    );
    return;
  }
  save(named(name, say("（批注）", " (comments)")), copy.file);
  const saved = say("已保存副本，原文件没有改动。", "The copy is saved; the file itself is as it was.");
  const left = say("以下问题在文件中的位置不能确定，没有加批注：", "Without a certain place in the file, and not in the copy:");
  by("copied").textContent = copy.left ? `${saved}${left}\n${copy.left}` : saved;
}

function workbook() {
  const book = ask((checker) => {
    const list = checker.list();
    for (const file of files) if (file.bytes) list.add(checker, file.name, file.bytes);
    return list.book();
  });
  if (!book) return;
  save(say("问题清单.xlsx", "list.xlsx"), book);
  by("copied").textContent = say("已保存全部文件的问题清单。", "The list of all files is saved.");
}

function correct() {
  const { name, bytes } = files[selected.at];
  const text = ask((checker) => checker.correct(bytes, selected.number + 1));
  // The corrected table is one more in the list, checked as any other.
  if (text) add([new File([text], `${name}${say("（改正后）", " (corrected)")}.txt`)]);
}

function speak() {
  document.documentElement.lang = say("zh-CN", "en");
  const language = by("language");
  language.textContent = say("English", "中文");
  language.lang = say("en", "zh-CN");
  const key = say("zh", "en");
  for (const it of document.querySelectorAll("[data-zh]")) it.textContent = it.dataset[key];
  for (const it of document.querySelectorAll("[data-label-zh]")) {
    it.setAttribute("aria-label", it.dataset[say("labelZh", "labelEn")]);
  }
  document.title = say("政府信息公开情况统计表审核", "Check of open-government statistics");
}

by("language").addEventListener("click", () => {
  english = !english;
  speak();
  again();
});
by("before").addEventListener("change", async (event) => {
  const [given] = event.target.files;
  event.target.value = "";
  if (!given) return;
  before = { name: given.name, bytes: new Uint8Array(await given.arrayBuffer()), said: "" };
  again();
});
by("no-before").addEventListener("click", () => {
  before = null;
  again();
});
for (const id of ["carried-in", "carried-out"]) by(id).addEventListener("change", again);
by("files").addEventListener("change", (event) => {
  const given = [...event.target.files];
  // The same file may be chosen again, once it is corrected.
  event.target.value = "";
  add(given);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    by("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") add([...event.dataTransfer.files]);
  });
}
by("paste").addEventListener("click", () => {
  const text = by("pasted").value;
  if (text.trim()) add([new File([text], say("粘贴的文字", "pasted text"))]);
});
by("clear").addEventListener("click", () => {
  files.length = 0;
  selected = null;
  list();
  by("tools").hidden = true;
  by("view").replaceChildren();
  by("status").textContent = "";
});
by("print").addEventListener("click", () => {
  by("sheet").innerHTML = shown().sheet;
  paper(true);
  window.print();
});
by("again").addEventListener("click", () => window.print());
by("back").addEventListener("click", () => paper(false));
by("print-all").addEventListener("click", () => window.print());
by("copy").addEventListener("click", copy);
by("mark").addEventListener("click", mark);
by("workbook").addEventListener("click", workbook);
by("correct").addEventListener("click", correct);

speak();
const ready = load();
ready.catch((error) => {
  console.error(error);
  by("status").textContent = say(
    "浏览器版本过低，不能审核。请换用新版的 Edge、Chrome 或 Firefox。",
    "This browser is too old: use a recent Edge, Chrome or Firefox.",
  );
});
