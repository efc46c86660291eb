// Shows times in the viewer's time zone. Without this script they stand in UTC.
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("time.root-guard-time").forEach(function (time) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = time.textContent;
      // English, as the texts of the page.
      time.textContent = at.toLocaleString("en-GB", {
        year: "numeric",
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        timeZoneName: "short",
      });
    }
  });
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
