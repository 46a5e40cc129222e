export default 'locale 30';
