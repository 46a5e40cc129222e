export default 'pattern';
