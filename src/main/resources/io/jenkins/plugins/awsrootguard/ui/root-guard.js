// Shows times in the viewer's time zone. Without this script they stand in UTC.
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("time.root-guard-time").forEach(function (time) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = time.textContent;
      time.textContent = at.toLocaleString(undefined, {
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

// Jenkins adds its crumb to every form of a page. In a filter, which is sent in the address, it would stand in logs and in links
// that people share. The filter has no hidden fields of its own.
document.addEventListener("submit", function (event) {
  if (event.target.classList.contains("root-guard-filter")) {
    event.target.querySelectorAll("input[type=hidden]").forEach(function (field) {
      field.remove();
    });
  }
});
