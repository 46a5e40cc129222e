export default 'locale 16';
