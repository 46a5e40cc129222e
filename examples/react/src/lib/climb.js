/** Metres up, from each height to the next one. */
export const climb = (heights) =>
  heights.reduce((sum, height, index) => sum + Math.max(height - (heights[index - 1] ?? height), 0), 0);
