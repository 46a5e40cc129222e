export default 'expr' + 'ession'
