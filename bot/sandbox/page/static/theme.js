// Runs before the first paint, so that the dark theme does not flash white first.
{
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
