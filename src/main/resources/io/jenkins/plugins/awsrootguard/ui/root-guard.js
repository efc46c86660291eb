// Shows the times in an element in the viewer's time zone. Without this script they stand in UTC.
window.rootGuard = {
  localizeTimes: function (root) {
    rootGuard.markTimes(root);
    root.querySelectorAll("time.root-guard-time").forEach(function (time) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.title = time.textContent;
        // In the language of the page's texts.
        time.textContent = rootGuard.local(at, time.dataset.language, time.hasAttribute("data-daytime"));
      }
    });
  },

  local: function (at, language, daytime) {
    const format = daytime ? { second: "2-digit" } : { year: "numeric", month: "short", day: "numeric" };
    return at.toLocaleString(language, Object.assign(format, { hour: "2-digit", minute: "2-digit", timeZoneName: "short" }));
  },

  // A time in a text of the engine, such as "24 Nov 2026, 10:42 UTC" or "2026-11-24T10:42:07Z".
  written: /(\d{1,2} [A-Z][a-z]{2} \d{4}, \d{2}:\d{2} UTC|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)/g,

  // NaN for text that only looks like a time.
  parse: (text) => Date.parse(text.replace(",", "")),

  // Returns a time in a text of the engine, which is English, in the viewer's time zone.
  inZone: function (text) {
    const at = rootGuard.parse(text);
    return Number.isNaN(at) ? text : rootGuard.local(new Date(at), "en-GB");
  },

  // Makes an element of each time in a sentence. A policy is shown as it is, with its times.
  markTimes: function (root) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (parent.closest(".root-guard, .root-guard-task") !== null && parent.closest("time, textarea, script, code, option, svg, .root-guard-verbatim") === null) {
        found.push(texts.currentNode);
      }
    }
    found.forEach(function (text) {
      const parts = text.textContent.split(rootGuard.written);
      if (parts.length > 1) {
        const nodes = parts.map(function (part, index) {
          const at = index % 2 === 0 ? NaN : rootGuard.parse(part);
          if (Number.isNaN(at)) {
            return part;
          }
          const time = document.createElement("time");
          time.className = "root-guard-time";
          time.dateTime = new Date(at).toISOString();
          // English sentences have a language, others that of the page, which Jenkins takes from the browser.
          time.dataset.language = text.parentElement.closest("[lang=en]") === null ? navigator.language : "en-GB";
          time.textContent = part;
          return time;
        });
        text.replaceWith.apply(text, nodes);
      }
    });
  },
};
document.addEventListener("DOMContentLoaded", function () {
  rootGuard.localizeTimes(document);
});

// On a narrow screen, what explains a finding or a task is folded at first. A wide screen always shows it.
document.addEventListener("DOMContentLoaded", function () {
  const narrow = window.matchMedia("(max-width: 1000px)");
  function fold() {
    document.querySelectorAll("details.root-guard-fold").forEach(function (part) {
      part.open = !narrow.matches;
    });
  }
  narrow.addEventListener("change", fold);
  fold();
});

// Jenkins adds its crumb to every form of a page. In a filter, which is sent in the address, it would stand in logs and in links
// that people share. The filter has no hidden fields of its own.
document.addEventListener("submit", function (event) {
  if (event.target.classList.contains("root-guard-filter")) {
    event.target.querySelectorAll("input[type=hidden]").forEach(function (field) {
      field.remove();
    });
  }
});

// An approval of changes that cannot be undone is confirmed in a dialog that lists them.
document.addEventListener("submit", function (event) {
  const form = event.target;
  const button = event.submitter;
  if (!form.dataset.confirm || form.dataset.confirmed || !button || button.hasAttribute("formaction")) {
    return;
  }
  const task = form.closest(".root-guard-task");
  const permanent = Array.from(task.querySelectorAll("[data-permanent]"))
    .filter(function (change) {
      const box = change.querySelector("input[type=checkbox]");
      return box === null || box.checked;
    })
    .map((change) => "\u2022 " + change.dataset.permanent.replace(rootGuard.written, rootGuard.inZone));
  const elsewhere = task.querySelector("[data-permanent-elsewhere]");
  if (elsewhere !== null) {
    permanent.push(elsewhere.dataset.permanentElsewhere);
  }
  if (permanent.length > 0) {
    event.preventDefault();
    dialog
      .confirm(form.dataset.confirm, {
        message: permanent.join("\n"),
        okText: button.textContent,
        type: "destructive",
      })
      .then(
        function () {
          form.dataset.confirmed = "true";
          form.requestSubmit(button);
          delete form.dataset.confirmed;
        },
        function () {},
      );
  }
});
