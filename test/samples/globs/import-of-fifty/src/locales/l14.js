export default 'locale 14';
