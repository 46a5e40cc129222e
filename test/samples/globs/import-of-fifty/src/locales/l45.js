export default 'locale 45';
