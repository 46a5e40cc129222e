export default 'button';
