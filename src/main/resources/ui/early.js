// Runs before the first paint, so that a chosen theme never flashes the other one.
(() => {
  try {
    const theme = localStorage.getItem('nectar.theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage is closed to this page: the system's theme it is.
  }
  // Whatever keeps the modules from running, the page says so.
  window.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLScriptElement) {
        document.getElementById('loading').textContent = 'This page could not be loaded whole. Reload it.';
      }
    },
    true,
  );
})();
