// Updates the page of the pauses without a reload. What a user has selected stays until the pause itself changes.
document.addEventListener("DOMContentLoaded", function () {
  const page = document.getElementById("root-guard-pauses");
  const lost = document.getElementById("root-guard-lost");
  // As the server sent it, before another script changes it.
  const shown = new Map();
  page.querySelectorAll("[data-state]").forEach(function (state) {
    shown.set(state.id, state.innerHTML);
  });

  function replaced(element) {
    Behaviour.applySubtree(element, true);
    rootGuard.localizeTimes(element);
  }

  function updateStates(fresh) {
    fresh.querySelectorAll("[data-state]").forEach(function (state) {
      const content = state.innerHTML;
      const live = document.getElementById(state.id);
      if (live !== null && shown.get(state.id) !== content) {
        shown.set(state.id, content);
        live.innerHTML = content;
        replaced(live);
      }
    });
  }

  function update(fresh) {
    const parts = Array.from(fresh.querySelectorAll("[data-part]"));
    page.querySelectorAll("[data-part]").forEach(function (live) {
      if (!parts.some((part) => part.id === live.id)) {
        live.remove();
      }
    });
    let previous = null;
    parts.forEach(function (part) {
      const live = document.getElementById(part.id);
      if (live !== null && live.dataset.version === part.dataset.version) {
        updateStates(part);
        previous = live;
        return;
      }
      const added = document.importNode(part, true);
      added.querySelectorAll("[data-state]").forEach(function (state) {
        shown.set(state.id, state.innerHTML);
      });
      if (live !== null) {
        live.replaceWith(added);
      } else {
        previous.after(added);
      }
      replaced(added);
      previous = added;
    });
  }

  // Resolves to whether the page changes again.
  function receive(response) {
    if (response.status === 401 || response.status === 403 || response.redirected) {
      // The session has ended: the page leads to the login.
      window.location.reload();
      return false;
    }
    lost.hidden = response.ok;
    if (!response.ok) {
      return true;
    }
    return response.text().then(function (html) {
      const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(page.id);
      update(fresh);
      return fresh.dataset.updates === "true";
    });
  }

  function poll() {
    const answer = document.hidden ? Promise.resolve(true) : fetch("ajax", { cache: "no-store" }).then(receive);
    answer
      .catch(function () {
        lost.hidden = false;
        return true;
      })
      .then(function (continues) {
        if (continues) {
          setTimeout(poll, 2000);
        }
      });
  }

  if (page.dataset.updates === "true") {
    setTimeout(poll, 2000);
  }
});
