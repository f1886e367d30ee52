// What scrolls can be reached with the keyboard.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    if (scrolls) target.setAttribute("tabindex", "0"); else target.removeAttribute("tabindex");
  }
});
// The theme wraps its tables when the page is there.
const watch = () => {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre, .md-typeset pre > code")) {
    watcher.observe(frame);
  }
};
watch();
new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
