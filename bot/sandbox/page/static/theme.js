// Runs before the first paint, so that nobody who chose dark is flashed with white.
{
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
