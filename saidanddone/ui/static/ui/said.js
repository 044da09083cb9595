/* Everything works without this file; it only makes some things quicker. */
(function () {
  "use strict";
  var all = function (what) { return Array.prototype.slice.call(document.querySelectorAll(what)); };

  /* Leave this page now: the page is not left behind in the history. */
  all("a[data-leave]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      document.body.hidden = true;
      location.replace(link.href);
    });
  });

  /* What there is to fix is read out first. */
  var errors = document.querySelector("[data-focus]");
  if (errors) { errors.focus(); }

  /* How many letters are left, once it matters. */
  all("textarea[maxlength]").forEach(function (area) {
    var most = Number(area.getAttribute("maxlength"));
    var left = document.createElement("p");
    left.className = "field__hint";
    left.setAttribute("role", "status");
    var count = function () {
      var n = most - area.value.length;
      left.textContent = n < most / 4 ? "Room for " + n + " more letters" : "";
    };
    area.insertAdjacentElement("afterend", left);
    area.addEventListener("input", count);
    count();
  });

  /* How many words there are. */
  all("textarea[data-words]").forEach(function (area) {
    var most = Number(area.dataset.words);
    var told = document.createElement("p");
    told.className = "field__hint";
    told.setAttribute("role", "status");
    var count = function () {
      var n = area.value.split(/\s+/).filter(Boolean).length;
      told.textContent = n + " of " + most + " words" + (n > most ? ": too many" : "");
    };
    area.insertAdjacentElement("afterend", told);
    area.addEventListener("input", count);
    count();
  });

  /* What is still under way is looked at again. */
  var again = document.querySelector("[data-refresh]:not([data-refresh=''])");
  if (again) {
    var look = setInterval(function () {
      fetch(location.href, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html").getElementById(again.id);
        if (!fresh) { location.reload(); return; }
        again.innerHTML = fresh.innerHTML;
        if (!fresh.dataset.refresh) { clearInterval(look); }
      }).catch(function () { /* offline: the link stays */ });
    }, 1000 * Number(again.dataset.refresh));
  }

  /* How hard the words are to read, as one types: the server reads them, the answer is ready-made HTML. */
  all("form[data-score-url]").forEach(function (form) {
    var out = form.querySelector("[data-score]");
    var wait = 0;
    var asked = 0;
    var ask = function () {
      var mine = asked += 1;
      fetch(form.dataset.scoreUrl, { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (html) { if (html && mine === asked) { out.innerHTML = html; } })
        .catch(function () { /* offline: the score is given when the form is sent */ });
    };
    form.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(ask, 600); });
  });

  /* Buttons that only a browser with scripts can serve. */
  all("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  all("button[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () { button.textContent = "Copied"; });
    });
  });

  /* A reminder that was saved says so. */
  all("a[data-saved]").forEach(function (link) {
    link.addEventListener("click", function () {
      var said = link.nextElementSibling;
      if (said && said.getAttribute("role") === "status") { said.textContent = link.dataset.saved; }
    });
  });
})();
