result('leaf');
export default 'leaf again';
