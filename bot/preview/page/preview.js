// The chat page of the preview: shows what the server pushes, posts what a person does. Text never becomes markup.
"use strict";

const KEY = document.querySelector("meta[name=preview-key]").content;
const IN_TYPING_SECONDS = 5, TOAST_SECONDS = 4;
const $ = (id) => document.getElementById(id);
const word = (name) => document.querySelector("#says").content.querySelector(`[data-word=${name}]`).textContent;

const chats = new Map(); // by the person's id: {name, about, messages, menu, read}; read: number of the last message seen
let bot = {}, zone, me = null, ahead = 0, editing = null, asked = null, timers = {}; // asked: the payload of a link not followed yet

// --- small pieces -----------------------------------------------------------------------------------------------
function make(name, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

const aside = (text) => make("span", { className: "hidden", textContent: text }); // heard, not seen

function later(name, seconds, act) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, seconds * 1000);
}

/** A moment as French writes it: « mar. 9 h 05 », « mardi 1er décembre 2026, 9 h 05 ». */
function clock(seconds, weekday, date = {}) {
  const how = { timeZone: zone, weekday, ...date, hour: "numeric", minute: "2-digit" };
  const parts = new Intl.DateTimeFormat("fr-FR", how).formatToParts(new Date(seconds * 1000));
  const { hour, minute, day, month, year, weekday: name } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const long = day ? ` ${day === "1" ? "1er" : day} ${month} ${year},` : "";
  return `${name}${long} ${Number(hour)}\u00a0h\u00a0${minute}`;
}

async function post(act, body) {
  const isForm = body instanceof FormData;
  const headers = { "X-Preview-Key": KEY, ...(isForm ? {} : { "Content-Type": "application/json" }) };
  try {
    const answer = await fetch(`/preview/${act}`, { method: "POST", headers, body: isForm ? body : JSON.stringify(body) });
    if (answer.ok) return true;
  } catch { /* told below, as a refusal is */ }
  toast(word("refused"));
  return false;
}

function toast(text) {
  Object.assign($("toast"), { textContent: text, className: "shown" });
  later("toast", TOAST_SECONDS, () => { $("toast").className = ""; });
}

// --- a message --------------------------------------------------------------------------------------------------
const SIMPLE = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote" };

/** The start parameter of a link that opens this bot, null for any other link. */
function payload(url) {
  const at = new URL(url, location);
  return at.hostname === "t.me" && at.pathname === `/${bot.username}` ? at.searchParams.get("start") ?? "" : null;
}

function link(url, ...inside) {
  const start = payload(url), element = make("a", { href: url }, ...inside);
  if (start === null) {
    Object.assign(element, { target: "_blank", rel: "noopener noreferrer" });
    element.append(aside(` ${word("opens")}`));
  } else {
    element.onclick = (event) => { event.preventDefault(); post("opens", { chat: me, payload: start }); };
  }
  return element;
}

function marked(entity, said) {
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(/^https?:/.test(said) ? said : `https://${said}`);
  if (entity.type === "spoiler") return make("span", { className: "spoiler", tabIndex: 0 });
  if (entity.type === "bot_command") {
    return make("button", { type: "button", className: "command", onclick: () => post("types", { chat: me, text: said }) });
  }
  return make(SIMPLE[entity.type] ?? "span");
}

/** A text and its entities, outermost first, as nodes. Offsets count UTF-16 units, as strings do here. */
function formatted(text, entities, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  for (let rank = 0; rank < entities.length;) {
    const entity = entities[rank], end = Math.min(entity.offset + entity.length, to);
    let next = rank + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    const node = marked(entity, text.slice(entity.offset, end));
    node.prepend(...formatted(text, entities.slice(rank + 1, next), entity.offset, end));
    nodes.push(text.slice(at, entity.offset), node);
    at = end;
    rank = next;
  }
  return [...nodes, text.slice(at, to)].filter((node) => node !== "");
}

const stored = (id) => `/preview/file/${id}?key=${encodeURIComponent(KEY)}`;

function carried(message) {
  const { file_id: id, file_name: name, width, height } = message.photo?.at(-1) ?? message.document ?? {};
  if (message.photo) return [make("img", { src: stored(id), alt: word("picture"), width, height, onload: toEnd })];
  return id ? [make("a", { className: "file", href: stored(id), download: name, textContent: `${word("download")} ${name}` })] : [];
}

function buttons(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  return rows.map((row, rowPlace) => make("div", {}, ...row.map((button, place) => {
    if (button.url) return link(button.url, button.text);
    const element = make("button", { type: "button", textContent: button.text });
    element.onclick = async () => {
      element.setAttribute("aria-busy", "true"); // until the bot answers
      if (!await post("presses", { chat: me, message: message.message_id, row: rowPlace, place })) element.removeAttribute("aria-busy");
    };
    return element;
  })));
}

function drawn(message) {
  const mine = message.from.id !== bot.id, text = message.text ?? message.caption ?? "";
  const said = make("div", { className: "text" }, ...formatted(text, message.entities ?? message.caption_entities ?? []));
  const foot = make("div", { className: "foot" });
  if (mine && message.text) foot.append(make("button", { type: "button", textContent: word("edit"), onclick: () => edit(message) }));
  if (message.edit_date && mine) foot.append(word("edited"));
  foot.append(make("time", { textContent: clock(message.date, "short") }));
  const quote = message.reply_to_message;
  const bubble = make("div", { className: "bubble" }, aside(`${word(mine ? "me" : "bot")} : `),
    ...(quote ? [make("span", { className: "quote", textContent: (quote.text ?? quote.caption ?? "").slice(0, 80) })] : []),
    ...carried(message), said, foot);
  const rows = make("div", { className: "rows" }, ...buttons(message));
  return make("li", { className: mine ? "mine" : "", id: `m${message.message_id}` }, bubble, ...(rows.firstChild ? [rows] : []));
}

// --- a chat -----------------------------------------------------------------------------------------------------
/** Show the newest message: its end, or its beginning when it is taller than the screen. */
function toEnd() {
  const log = $("log"), newest = $("messages").lastElementChild;
  if (newest) log.scrollTop = newest.offsetHeight > log.clientHeight ? newest.offsetTop - 8 : log.scrollHeight;
}

function show(message, id) {
  const there = $(`m${id}`), hadFocus = there?.contains(document.activeElement), item = message && drawn(message);
  if (!item) there?.remove();
  else if (there) there.replaceWith(item);
  else { $("messages").append(item); toEnd(); }
  if (hadFocus) (item?.querySelector(".rows button") ?? $("log")).focus();
  offerStart();
}

/** As on a telephone, a link does nothing before somebody presses START: another site may have led here. */
function offerStart() {
  const isNew = $("messages").childElementCount === 0;
  $("empty").hidden = !isNew && asked === null;
  $("description").hidden = !isNew;
}

function open(chat) {
  leave();
  me = chat;
  stopEditing();
  $("log").setAttribute("aria-live", "off"); // a whole conversation is not news
  $("messages").replaceChildren(...[...chats.get(me).messages.values()].map(drawn));
  requestAnimationFrame(() => $("log").setAttribute("aria-live", "polite"));
  offerStart();
  menu(false);
  toEnd();
  people();
}

function leave() {
  if (me !== null) chats.get(me).read = last(me);
  me = null;
}

const last = (chat) => Math.max(0, ...chats.get(chat).messages.keys());

function unreadIn(chat) {
  const { messages, read } = chats.get(chat);
  return chat === me ? 0 : [...messages.values()].filter((each) => each.from.id === bot.id && each.message_id > read).length;
}

function people() {
  $("people").replaceChildren(...[...chats].map(([chat, { name, about }]) => {
    const unread = unreadIn(chat);
    const button = make("button", { type: "button", onclick: () => { open(chat); $("words").focus(); } },
      make("span", { textContent: name }), make("small", { textContent: about }));
    if (chat === me) button.setAttribute("aria-current", "true");
    if (chat === me) button.append(aside(` (${word("here")})`));
    if (unread) button.append(make("span", { className: "unread", textContent: unread }, aside(` ${word("unread")}`)));
    return make("li", {}, button);
  }));
  const row = $("people"), mine = row.querySelector("[aria-current]"); // on a narrow screen the row is wider than it shows
  if (mine) row.scrollLeft = mine.offsetLeft - row.offsetLeft - (row.clientWidth - mine.offsetWidth) / 2;
}

function edit(message) {
  [editing, $("editing").hidden, $("words").value] = [message.message_id, false, message.text];
  $("words").focus();
}

function stopEditing() {
  if (editing !== null) $("words").value = "";
  [editing, $("editing").hidden] = [null, true];
}

async function send() {
  const text = $("words").value.trim();
  const done = editing === null ? ["types", { chat: me, text }] : ["edits", { chat: me, message: editing, text }];
  if (text && await post(...done)) { stopEditing(); $("words").value = ""; menu(false); }
}

function menu(shown, begin = "/") {
  const fitting = (chats.get(me)?.menu ?? []).filter(({ command }) => `/${command}`.startsWith(begin));
  $("menu").replaceChildren(...fitting.map(({ command, description: what }) => make("li", {}, make("button",
    { type: "button", onclick: () => { menu(false); $("words").value = ""; post("types", { chat: me, text: `/${command}` }); $("words").focus(); } },
    make("b", { textContent: `/${command}` }), make("span", { textContent: what })))));
  $("menu").hidden = !shown || fitting.length === 0;
  $("commands").setAttribute("aria-expanded", String(!$("menu").hidden));
}

// --- what the server pushes -------------------------------------------------------------------------------------
const told = {
  opening({ bot: its, people: who, commitments, zone: where }) {
    [bot, zone] = [its, where];
    $("bot").textContent = its.name;
    for (const { id, name, about } of who) chats.set(id, { name, about, read: chats.get(id)?.read ?? Infinity, messages: new Map(), menu: [] });
    $("commitment").replaceChildren(...commitments.map(([id, title]) => make("option", { value: id, textContent: `${id} – ${title}`, selected: id === "p07" })));
  },
  clock(event) { ahead = event.ahead; tick(); },
  description({ text }) { $("description").textContent = text; },
  menu({ chat, commands }) { chats.get(chat).menu = commands; },
  message({ chat, id, message }) {
    const { messages } = chats.get(chat);
    if (message) messages.set(id, message); else messages.delete(id);
    if (chat === me) { show(message, id); $("doing").textContent = ""; } else if (me !== null) people();
  },
  doing({ chat }) {
    if (chat === me) $("doing").textContent = word("typing");
    later("doing", IN_TYPING_SECONDS, () => { $("doing").textContent = ""; });
  },
  toast({ chat, text, alert }) {
    if (chat !== me) return;
    for (const busy of document.querySelectorAll(".rows [aria-busy]")) busy.removeAttribute("aria-busy");
    $("said").textContent = text;
    if (text && !alert) toast(text); else if (text && !$("alert").open) $("alert").showModal();
  },
};

function hear(events) {
  const isOpening = events[0]?.kind === "opening", wasMe = me;
  if (isOpening) leave();
  for (const event of events) told[event.kind](event);
  if (!isOpening) return;
  for (const [chat, its] of chats) if (its.read === Infinity) its.read = last(chat);
  const wanted = new URLSearchParams(location.search);
  const named = [...chats].find(([, { name }]) => name.toLowerCase() === wanted.get("person")?.toLowerCase());
  asked = wanted.get("start");
  open(wasMe ?? named?.[0] ?? chats.keys().next().value);
  document.body.dataset.ready = "true";
}

function listen() {
  const stream = new EventSource(`/preview/stream?key=${encodeURIComponent(KEY)}`);
  stream.onopen = () => { $("lost").hidden = true; };
  stream.onmessage = ({ data }) => hear(JSON.parse(data));
  stream.onerror = () => {
    $("lost").hidden = false;
    if (stream.readyState === EventSource.CLOSED) $("lost").textContent = word("gone");
  };
}

function tick() {
  $("now").textContent = clock((Date.now() + ahead) / 1000, "long", { day: "numeric", month: "long", year: "numeric" });
}

// --- what a person does -----------------------------------------------------------------------------------------
$("composer").onsubmit = (event) => { event.preventDefault(); send(); };
$("words").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === "Escape") { stopEditing(); menu(false); }
};
$("words").oninput = () => menu(/^\/\w*$/.test($("words").value), $("words").value);
$("commands").onclick = () => { menu($("menu").hidden); $("menu").querySelector("button")?.focus(); };
$("menu").onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = [...$("menu").querySelectorAll("button")];
  if (step) { event.preventDefault(); all.at((all.indexOf(document.activeElement) + step) % all.length).focus(); }
  if (event.key === "Escape") { menu(false); $("commands").focus(); }
};
$("keep").onclick = stopEditing;
$("start").onclick = () => { post("opens", { chat: me, payload: asked ?? "" }); asked = null; history.replaceState(null, "", "/"); };
$("file").onchange = async () => {
  const form = new FormData();
  const parts = { chat: me, caption: $("words").value.trim(), file: $("file").files[0] };
  for (const [name, value] of Object.entries(parts)) form.append(name, value);
  if (await post("sends", form)) { $("words").value = ""; $("file").value = ""; }
};
for (const leap of document.querySelectorAll("[data-leap]")) leap.onclick = () => post("moves", { to: leap.dataset.leap });
$("invent").onclick = () => post("invents", { commitment: $("commitment").value });
$("tools").open = matchMedia("(min-width: 46.1rem)").matches;
setInterval(tick, 1000);
listen();
