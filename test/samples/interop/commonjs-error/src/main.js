const fail = (error) => String(error);
(async () => {
  result([await import('./imports').catch(fail), await import('./throws').catch(fail)]);
  try {
    require('./throws');
  } catch (error) {
    result('again');
  }
})();
