/* On a bad line a form waits on its page. Before it is sent the server is asked whether it is there; while
   it is not, the words stay where they were typed, in this page's memory alone, and are sent once it
   answers. Every few seconds the server keeps what was typed so far, for its author alone; a page that
   is opened again finds it there. Nothing is written to the device. Without this file the browser sends
   the form at once, as ever. */
(() => {
  "use strict";
  const AGAIN = 4000, GIVE_UP = 8000;
  const DOWN = "The line is down. Your words are kept on this page, and are sent when it is back. Leave it open.";
  const SOON = 2000;
  const waiting = new Map(), kept = new Map();
  let passing = null;

  const there = async () => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP);
    try {
      return (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: stop.signal })).ok;
    } catch { return false; } finally { clearTimeout(timer); }
  };
  const say = (form) => {
    const told = document.createElement("p");
    told.className = "saving";
    told.setAttribute("role", "status");
    form.prepend(told);
    told.textContent = DOWN;
    return told;
  };
  const send = async (form, wait) => {
    if (wait.told) wait.told.remove();
    const typed = kept.get(form);
    if (typed) await typed.stop();
    waiting.delete(form);
    passing = form;
    form.requestSubmit(wait.button);
    passing = null;
  };
  const ask = async (form, wait) => {
    clearTimeout(wait.timer);
    if (wait.asking) return;
    wait.asking = true;
    const well = await there();
    if (well) await send(form, wait);
    wait.asking = false;
    if (well) return;
    wait.told = wait.told || say(form);
    wait.timer = setTimeout(() => ask(form, wait), AGAIN);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const apart = form.method !== "post" || form.matches("[data-saves], [data-deed]") || !form.requestSubmit;
    if (event.defaultPrevented) return;
    if (form === passing || apart) {
      if (kept.has(form)) kept.get(form).sent = true;
      return;
    }
    event.preventDefault();
    if (waiting.has(form)) { ask(form, waiting.get(form)); return; }
    waiting.set(form, { button: event.submitter });
    ask(form, waiting.get(form));
  });
  addEventListener("online", () => waiting.forEach((wait, form) => ask(form, wait)));
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

  /* A form with words of some length: what stands in it is kept, found again, and dropped. */
  class Typed {
    constructor(form, place) {
      this.form = form;
      this.place = place;
      form.addEventListener("input", () => this.later());
      form.addEventListener("change", () => this.later());
      if (!document.querySelector(".errors")) this.find();
    }
    async ask(deed, body, leaving) {
      const token = this.form.elements.csrfmiddlewaretoken.value;
      body.set("csrfmiddlewaretoken", token);
      const address = this.place.startsWith("/our-story/") ? "/our-story/typed/" : "/stories/typed/";
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), GIVE_UP);
      try {
        return await fetch(address, {
          method: "POST", body, credentials: "same-origin", redirect: "error", keepalive: leaving,
          signal: stop.signal, headers: { "X-Place": this.place, "X-Deed": deed },
        });
      } catch { return null; } finally { clearTimeout(timer); }
    }
    later(pause = SOON) {
      this.changed = true;
      if (!this.timer) this.timer = setTimeout(() => this.keep(), pause);
    }
    async keep(leaving) {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.sent || !this.changed) return;
      this.changed = false;
      const body = new FormData(this.form);
      [...body].forEach(([name, value]) => { if (typeof value !== "string") body.delete(name); });
      this.busy = this.ask("keep", body, leaving);
      const answer = await this.busy;
      if ((!answer || answer.status >= 500) && !this.sent) this.later(AGAIN);
    }
    /* What is on its way arrives before the form does: the form takes it away. */
    async stop() {
      this.sent = true;
      clearTimeout(this.timer);
      await this.busy;
    }
    async find() {
      const answer = await this.ask("find", new FormData());
      if (!answer || answer.status !== 200 || this.changed) return;
      const found = await answer.json();
      const said = new Map();
      found.fields.forEach(([name, value]) => said.set(name, [...(said.get(name) || []), value]));
      for (const one of this.form.elements) {
        if (!one.name || ["hidden", "file", "submit"].includes(one.type)) continue;
        const values = said.get(one.name) || [];
        if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
        else if (values.length) one.value = values.shift();
      }
      this.tell(found.words);
    }
    tell(words) {
      const told = document.createElement("div"), anew = document.createElement("button");
      const line = document.createElement("p");
      told.className = "notice notice--info";
      told.setAttribute("role", "status");
      anew.type = "button";
      anew.className = "linkbutton";
      anew.textContent = "Start empty";
      anew.addEventListener("click", () => {
        this.form.reset();
        told.remove();
        this.changed = false;
        this.ask("drop", new FormData());
        this.form.querySelector("textarea").focus();
      });
      line.append(words + " ", anew);
      told.append(line);
      this.form.prepend(told);
    }
  }
  const FAMILIES = /^\/(stories|our-story|askings|duty-desk|requests|break-glass|privacy-desk)\//;
  const places = new Set();
  document.querySelectorAll("form[method=post]:not([data-saves]):not([data-deed])").forEach((form) => {
    const place = new URL(form.getAttribute("action") || "", location.href).pathname;
    const words = form.querySelector("textarea:not([autocomplete=off])") && form.elements.csrfmiddlewaretoken;
    if (!words || !FAMILIES.test(place) || places.has(place)) return;
    places.add(place);
    kept.set(form, new Typed(form, place));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) kept.forEach((typed) => { typed.sent = false; });  // it came back: Back, or no answer
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") kept.forEach((typed) => typed.keep(true));
  });
})();
