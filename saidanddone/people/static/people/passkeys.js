/* Passkeys: a button with data-passkey asks the browser for one and sends its form.
   The options are in the element that data-options names, else they are fetched from the form's address. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  const optionsFor = async (button) => {
    if (button.dataset.options) {
      return JSON.parse(document.getElementById(button.dataset.options).textContent);
    }
    const answer = await fetch(button.form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  };

  const ask = async (button) => {
    const trouble = button.form.querySelector("[data-passkey-trouble]");
    trouble.hidden = true;
    try {
      const options = await optionsFor(button);
      const credential = button.dataset.passkey === "create"
        ? await window.webauthnJSON.create(options.creation_options)
        : await window.webauthnJSON.get(options.request_options);
      button.form.elements.credential.value = JSON.stringify(credential);
      button.form.submit();
    } catch {
      trouble.hidden = false;
      trouble.focus();
    }
  };

  document.querySelectorAll("[data-passkey-only]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-passkey-missing]").forEach((part) => { part.hidden = true; });
  document.querySelectorAll("[data-passkey]").forEach((button) => {
    button.addEventListener("click", (event) => { event.preventDefault(); ask(button); });
  });
})();
