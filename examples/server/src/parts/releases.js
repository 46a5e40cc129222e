exports.describe = () =>
  `The cookie that says what you have: ${document.cookie || 'none'}. Change a file of src/ or assets/, build, and load again.`;
