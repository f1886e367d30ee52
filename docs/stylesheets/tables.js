// What scrolls can be reached with the keyboard.
for (const frame of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code, .md-typeset pre")) {
  if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
}
