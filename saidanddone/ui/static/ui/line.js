/* On a bad line a form waits on its page. Before it is sent the server is asked whether it is there; while
   it is not, the words stay where they were typed, in this page's memory alone, and are sent once it
   answers. Without this file the browser sends the form at once, as ever. */
(() => {
  "use strict";
  const AGAIN = 4000, GIVE_UP = 8000;
  const DOWN = "The line is down. Your words are kept on this page, and are sent when it is back. Leave it open.";
  const waiting = new Map();
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
  const send = (form, wait) => {
    if (wait.told) wait.told.remove();
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
    wait.asking = false;
    if (well) { send(form, wait); return; }
    wait.told = wait.told || say(form);
    wait.timer = setTimeout(() => ask(form, wait), AGAIN);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const apart = form.method !== "post" || form.matches("[data-saves], [data-deed]") || !form.requestSubmit;
    if (event.defaultPrevented || form === passing || apart) return;
    event.preventDefault();
    if (waiting.has(form)) { ask(form, waiting.get(form)); return; }
    waiting.set(form, { button: event.submitter });
    ask(form, waiting.get(form));
  });
  addEventListener("online", () => waiting.forEach((wait, form) => ask(form, wait)));
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
})();
