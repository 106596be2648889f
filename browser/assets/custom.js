// Day or night as the reader's machine has it, unless the reader chose. The server's own setting for that leaves
// the frame without a place for the page, so it is made here, where the frame has its place.
(() => {
  if (!localStorage.getItem(":solara:theme.variant")) theme.variant = "auto";
  const isNight = inDarkMode();
  const place = document.getElementById("app");
  place.classList.toggle("theme--dark", isNight);
  place.classList.toggle("theme--light", !isNight);
  changeThemeCSS(isNight ? "dark" : "light");
})();
