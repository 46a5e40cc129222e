export const debounce = () => 'debounced';
export default 'default';
