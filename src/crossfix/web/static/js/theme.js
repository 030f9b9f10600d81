// Sets the theme kept in this browser before anything is drawn. A classic script in the head, so that the page does not flash.
(() => {
  try {
    const kept = localStorage.getItem("crossfix-theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch { /* a browser that keeps nothing follows the system */ }
})();
