export default { a: 1 }; export { x }
const x = 1
