export default 'locale 33';
