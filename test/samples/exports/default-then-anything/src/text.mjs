export default `te${'x'}t`
/* comment */
