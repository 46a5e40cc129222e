export default 'main';
