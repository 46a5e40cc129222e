export default 'locale 47';
