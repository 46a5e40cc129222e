export default await 'default'
export const exported = await class Base {}
