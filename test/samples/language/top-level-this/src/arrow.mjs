export const inArrow = () => typeof this;
