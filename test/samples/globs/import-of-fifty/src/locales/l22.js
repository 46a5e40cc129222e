export default 'locale 22';
