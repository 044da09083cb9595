/* Long texts save themselves: minutes, and sections of a story. Words wait in this page's memory until the server has said that it has them;
   nothing is written to the device. The same save is sent again until it is answered, so that an answer
   lost on a bad line does no harm; what was typed meanwhile goes with the next one. */
(() => {
  "use strict";
  const SOON = 2000, AGAIN = 4000, GIVE_UP = 15000;
  const DOWN = "Not saved yet: the line is down. Your words are kept here.";
  const GONE = "This is no longer open to you: your words were not saved there.";
  const OUT = "Not saved yet: you have been signed out. Your words are kept here.";
  const SIGN_IN = "Sign in again, in a window of its own";
  const bar = document.querySelector("[data-saving]");
  const items = [];
  let leaving = false;

  const send = async (address, body) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP);
    try {
      return await fetch(address, {
        method: body ? "POST" : "GET", body, signal: stop.signal, credentials: "same-origin",
        headers: { "X-In-Place": "1" },
      });
    } finally { clearTimeout(timer); }
  };
  const whole = (html) => new DOMParser().parseFromString(html, "text/html");
  const part = (html) => {
    const held = document.createElement("template");
    held.innerHTML = html;
    return held.content.firstElementChild;
  };
  const dirty = () => items.filter((item) => item.dirty());

  /* After signing in again the page's tokens are old: a fresh page has new ones. */
  const renew = async () => {
    const answer = await send(location.pathname);
    if (!answer.ok || answer.redirected) return false;
    const page = whole(await answer.text());
    const token = page.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return false;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((old) => { old.value = token.value; });
    return true;
  };

  class Text {
    constructor(form) {
      this.form = form;
      this.areas = [...form.querySelectorAll("textarea")];
      this.state = form.querySelector("[data-state]");
      this.both = form.closest("[data-item]").querySelector("[data-both]");
      this.saved = this.words();
      this.areas.forEach((area) => {
        area.addEventListener("input", () => { this.say("Not saved yet"); this.later(SOON); });
        area.addEventListener("blur", () => { if (this.dirty()) this.later(0); });
      });
      form.addEventListener("submit", (event) => { event.preventDefault(); this.later(0); });
    }
    words() { return this.areas.map((area) => area.value).join("\u0000"); }
    dirty() { return Boolean(this.waiting) || (!this.closed && this.words() !== this.saved); }
    say(words) { this.state.textContent = words; tell(); }
    later(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }
    async save() {
      if (this.busy || this.closed || !this.dirty()) return;
      this.busy = true;
      if (!this.waiting) {
        this.waiting = new FormData(this.form);
        this.waiting.set("once", crypto.randomUUID ? crypto.randomUUID() : mark());
        if (this.beside) this.waiting.set("beside", this.beside);
        this.text = this.words();
      }
      this.waiting.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      let answer = null;
      try { answer = await send(this.form.action, this.waiting); } catch { /* told below */ }
      this.busy = false;
      await this.heard(answer);
      this.done();
    }
    async heard(answer) {
      const told = answer && (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (told && answer.ok) return this.kept(await answer.json());
      if (told) return this.refused((await answer.json()).sentence);
      if (answer && answer.status === 404) return this.refused(GONE);
      const shut = answer && answer.status === 403 && whole(await answer.text());
      if (shut && shut.querySelector("[data-shut]")) return this.shut(shut);
      const out = answer && (answer.redirected || answer.status === 403);
      const back = out && await renew().catch(() => false);
      this.trouble = back ? "" : out ? OUT : DOWN;
      this.say(this.trouble || "Not saved yet");
      this.later(back ? 0 : AGAIN);
    }
    kept(told) {
      this.saved = this.text;
      this.waiting = null;
      this.trouble = "";
      this.form.elements.seen.value = told.version;
      if (told.beside && told.beside !== this.beside) {
        this.beside = told.beside;
        this.both.replaceChildren(part(told.html));
      }
      this.say((this.beside ? "Kept beside the other words " : "Saved ") + told.at);
      if (this.dirty()) this.later(SOON);
    }
    refused(sentence) {
      this.waiting = null;
      this.closed = true;
      this.trouble = sentence;
      this.say(sentence + " They still stand here: copy what you need.");
    }
    /* The door is shut: the page says what is left, with every word that was typed. */
    shut(page) {
      items.splice(0).forEach((item) => { item.closed = true; item.waiting = null; });
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.title = page.title;
      const heading = document.querySelector("main h1");
      heading.tabIndex = -1;
      heading.focus();
    }
    done() { if (!dirty().length) quiet.splice(0).forEach((go) => go()); }
  }

  const mark = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const quiet = [];
  const settled = (most) => new Promise((go) => {
    if (!dirty().length) { go(true); return; }
    dirty().forEach((item) => item.later(0));
    quiet.push(() => go(true));
    setTimeout(() => go(false), most);
  });
  const tell = () => {
    const wrong = items.find((item) => item.trouble);
    bar.hidden = !wrong;
    const words = wrong ? wrong.trouble : "";
    if ((bar.firstChild || {}).data === words) return;
    bar.textContent = words;
    if (words === OUT) bar.append(" ", door());
  };
  const door = () => {
    const link = document.createElement("a");
    link.href = "/sign-in/done/";
    link.target = "_blank";
    link.textContent = SIGN_IN;
    return link;
  };

  document.querySelectorAll("form[data-saves]").forEach((form) => items.push(new Text(form)));
  addEventListener("online", () => dirty().forEach((item) => item.later(0)));
  addEventListener("beforeunload", (event) => { if (dirty().length && !leaving) event.preventDefault(); });

  /* Decisions, actions, answers and interests open and are kept in their place. */
  const focus = (slot) => {
    const first = slot.querySelector("[data-focus], h3");
    if (first) first.focus();
  };
  const open = async (link) => {
    const slot = link.closest("[data-record]").querySelector("[data-slot]");
    try {
      const answer = await send(link.pathname);
      if (!answer.ok || answer.redirected) throw new Error("not here");
      slot.replaceChildren(part(await answer.text()));
      focus(slot);
    } catch { location.href = link.href; }
  };
  const record = async (form) => {
    const trouble = form.querySelector("[data-trouble]");
    const button = form.querySelector("button.button");
    button.disabled = true;
    try {
      const answer = await send(form.action.split("#")[0], new FormData(form));
      if (answer.redirected || answer.status === 403) throw new Error(await renew() ? "Press again." : OUT);
      if (!answer.ok && answer.status !== 422) throw new Error("");
      const made = part(await answer.text());
      (answer.ok ? form.closest("[data-record]") : form).replaceWith(made);
      focus(made);
    } catch (problem) {
      button.disabled = false;
      trouble.hidden = false;
      trouble.textContent = problem.message.startsWith("Press") || problem.message === OUT
        ? problem.message : "Not saved: the line is down. Your words are kept here; press again.";
    }
  };

  /* The sheet: each change goes at once, and the quorum is told anew. */
  const sheet = document.querySelector("form[data-sheet]");
  let marking = false, more = false;
  const marked = async () => {
    if (marking) { more = true; return; }
    marking = true;
    const sent = new FormData(sheet);
    try {
      const answer = await send(sheet.action, sent);
      if (!answer.ok || answer.redirected) throw new Error("not kept");
      document.querySelector("[data-quorum]").replaceWith(part(await answer.text()));
      sent.forEach((value, name) => {
        const before = sheet.elements["initial-" + name];
        if (before) before.value = value;
      });
      bar.hidden = true;
    } catch {
      bar.hidden = false;
      bar.textContent = "Who is here is not saved yet: the line is down. It is sent again by itself.";
      more = true;
    }
    marking = false;
    if (more) { more = false; setTimeout(marked, bar.hidden ? 0 : AGAIN); }
  };
  if (sheet) sheet.addEventListener("change", marked);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-deed]")) { event.preventDefault(); record(form); return; }
    if (!dirty().length || form.method === "dialog") return;
    event.preventDefault();
    const button = event.submitter;
    settled(3000).then((well) => { if (well) form.requestSubmit(button); else tell(); });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.matches("[data-open]")) { event.preventDefault(); open(link); return; }
    if (link.matches("[data-close]")) { event.preventDefault(); link.closest("form").remove(); return; }
    if (link.pathname === location.pathname && link.hash) return;
    if (!dirty().length) return;
    event.preventDefault();
    settled(3000).then((well) => { if (well) { leaving = true; } location.href = link.href; });
  });
})();
