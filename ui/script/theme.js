/* Light or dark, as the reader chose, else as the system has it. */

function kept() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null; // the browser keeps nothing: the system decides
  }
}
let theme = kept();

function applyTheme() {
  const dark = theme ? theme === "dark" : dim.matches;
  for (const element of [document.documentElement, document.body]) {
    element?.classList.toggle("dark", dark);
  }
  return dark;
}

function switchTheme() {
  theme = applyTheme() ? "light" : "dark";
  applyTheme();
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    /* it lasts as long as the page */
  }
}
